/* Joins each behaviour to the elements that name it: <details data-behaviour="closes language">.
   A part that was renewed says so by an event and is joined again. */
export default function attach(behaviours) {
  const join = (root) => {
    for (const element of root.querySelectorAll("[data-behaviour]")) {
      for (const name of element.dataset.behaviour.split(" ")) {
        if (behaviours[name]) behaviours[name](element);
      }
    }
  };

  join(document);
  addEventListener("renewed", (event) => join(event.target));
}
