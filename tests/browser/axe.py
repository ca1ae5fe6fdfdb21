"""What axe finds serious on a page, in the light and in the dark."""

from axe_playwright_python.base import AXE_SCRIPT

from .places import Faults

LOOK = """async (rules) => {
  const found = await axe.run(document, {resultTypes: ["violations"], preload: false,
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {})});
  return found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) =>
    `${one.id}: ` + one.nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(" | "));
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


def look(page, kind: str, faults: Faults) -> None:
    page.evaluate(AXE_SCRIPT)
    for dress, rules in (("light", []), ("dark", COLOURS)):
        page.emulate_media(color_scheme=dress)
        faults.extend(f"{kind} {page.url} {dress}: {said}" for said in page.evaluate(LOOK, rules))
    page.emulate_media(color_scheme="light")
