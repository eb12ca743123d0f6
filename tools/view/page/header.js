// The top of the page: what was violated, the plan, and how to see it again.

function showHead(panes, jump) {
  const head = document.getElementById('head');
  const {run} = panes[0];
  document.title = (run.title || 'a run') + ' – space-time view';
  head.append(element('h1', {}, run.title || 'a run', ' ', element('small', {},
    [run.world, !['search', 'history'].includes(run.world) && 'seed ' + run.seed,
      run.nodes.length && run.nodes.length + ' nodes', clientsText(run), run.count + ' events',
      run.world === 'history' ? 'time counts calls and returns' : spanText(run.end)].filter(Boolean).join(' · '))));
  for (const pane of panes) head.append(verdict(pane, panes.length > 1, jump));
  if (run.plan.length) {
    head.append(element('p', {class: 'plan'}, element('b', {}, 'The plan: '), run.plan.join('; ')));
  }
  if (run.replay) {
    head.append(element('p', {class: 'replay'}, element('b', {}, 'Run it again: '),
      element('code', {}, run.replay), ' ', copyButton(run.replay)));
  }
}

// Empty when there is none.
function clientsText({clients}) {
  return clients.length ? clients.length + ' client' + (clients.length > 1 ? 's' : '') : '';
}

function verdict(pane, isOneOfTwo, jump) {
  const {run} = pane;
  const line = element('p', {class: run.violation ? 'verdict bad' : 'verdict good'});
  if (isOneOfTwo) line.append(element('small', {}, run.title || 'a run'), ' ');
  line.append(run.violation ? '✕ ' + run.violation : '✓ No property was violated in this run.');
  for (const witness of run.witnesses) {
    line.append(' ', element('button', {class: 'witness', onclick: () => jump(pane, witness)},
      '#' + (witness + 1) + ' ' + placeOf(run, witness) + ', ' + spanText(run.at[witness])));
  }
  return line;
}

function copyButton(text) {
  return element('button', {onclick: async event => {
    const button = event.currentTarget;
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // a page from file:// may not be allowed to
      const area = element('textarea', {});
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    button.textContent = 'copied';
    setTimeout(() => { button.textContent = 'copy'; }, 1500);
  }}, 'copy');
}
