/* Six digits: Arabic and Persian digits become Western ones, anything else is left out. */
export default function pin(box) {
  const input = box.querySelector("input");
  const western = (digit) => String((digit.codePointAt(0) - (digit < "\u06f0" ? 0x0660 : 0x06f0)));

  input.addEventListener("input", () => {
    const digits = input.value.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, western).replace(/\D/g, "").slice(0, 6);
    if (digits !== input.value) input.value = digits;
  });
}
