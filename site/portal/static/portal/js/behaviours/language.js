/* After a change of language the keyboard stands where it stood: on the list of languages. */
export default function language(details) {
  const mark = `#${details.id}`;

  for (const link of details.querySelectorAll("a")) link.href += mark;
  if (location.hash === mark) {
    details.querySelector("summary").focus({ preventScroll: true });
    window.history.replaceState(null, "", location.pathname + location.search);
  }
}
