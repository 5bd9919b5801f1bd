'use strict';
(() => {
  const form = document.querySelector('form.find');
  const word = form.querySelector('input[type=search]');
  const found = form.querySelector('output');
  const sections = [...document.querySelectorAll('section[data-kind]')];
  const items = [...document.querySelectorAll('.items > *')].map((element) =>
    ({element, text: element.textContent.toLowerCase(), section: element.closest('section'), fold: element.closest('details')}));
  const opened = new Set();
  const update = () => {
    const words = word.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = new FormData(form).get('show') || 'all';
    const is_asked = (section) => kind === 'all' || section.dataset.kind === kind || section.dataset.kind === 'medicines';
    const filled = new Set();
    let shown = 0;
    for (const item of items) {
      const fits = words.every((each) => item.text.includes(each));
      item.element.classList.toggle('out', !fits);
      if (!fits) continue;
      filled.add(item.section);
      if (item.fold) filled.add(item.fold);
      if (!item.section || is_asked(item.section)) shown += 1;
    }
    for (const section of sections) {
      section.classList.toggle('out', !is_asked(section) || (words.length > 0 && !filled.has(section)));
    }
    for (const fold of new Set(items.map((item) => item.fold).filter(Boolean))) {
      if (words.length > 0 && filled.has(fold) && !fold.open) {
        fold.open = true;
        opened.add(fold);
      } else if (words.length === 0 && opened.delete(fold)) {
        fold.open = false;
      }
    }
    found.textContent = words.length > 0 ? `${shown} found` : '';
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  update();
})();
