"""How a figure is told: `name value unit (against what)`."""


def tell(name: str, value, unit: str, against: str) -> None:
    print(f"{name} {_short(value)} {unit} ({against})", flush=True)


def _short(value) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"
