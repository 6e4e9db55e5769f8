// Parses every Mermaid file of a folder and looks for each state among what was understood.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';

// Mermaid cleans labels with the help of a document.
const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import('mermaid');

const decoded = (label) => label.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code));

// Every statement of a document, those inside of its states included.
const statements = (doc) => doc.flatMap((it) => [it, ...(it.doc ? statements(it.doc) : [])]);

const folder = process.argv[2];
const files = readdirSync(folder).filter((it) => it.endsWith('.mmd'));
const faults = [];
for (const file of files) {
  const text = readFileSync(join(folder, file), 'utf8');
  const shown = JSON.parse(readFileSync(join(folder, file.replace('.mmd', '.json')), 'utf8'));
  try {
    const { diagramType } = await mermaid.parse(text);
    if (diagramType !== 'stateDiagram') faults.push(`${file}: a ${diagramType}`);
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const states = [...db.getStates().values()];
    // A bundle is drawn with its lead and its parts as states that hold states; shown is the lead.
    const lead = states.find((it) => it.id === 'lead' && it.doc);
    const inside = lead ? statements(lead.doc) : [];
    const labels = states
      .flatMap((it) => it.descriptions ?? [])
      .concat(inside.flatMap((it) => [it.description, it.descriptions].flat()))
      .filter((it) => typeof it === 'string')
      .map(decoded);
    for (const state of shown.states) {
      if (!labels.includes(state.name)) faults.push(`${file}: state ${state.id} is missing`);
    }
    // A line for each state that a step leaves, with the words of the step.
    const lines = db
      .getRelations()
      .map((it) => it.relationTitle)
      .concat(inside.filter((it) => it.stmt === 'relation').map((it) => it.description))
      .map((it) => decoded(it ?? ''));
    for (const step of shown.transitions) {
      const words = step.when === null ? step.name : `${step.name} [${step.when}]`;
      const drawn = lines.filter((it) => it.replace('⏱ ', '') === words).length;
      if (drawn < Math.max(step.from.length, 1)) {
        faults.push(`${file}: step ${step.id} is drawn ${drawn} times`);
      }
    }
  } catch (error) {
    faults.push(`${file}: ${error.message}`);
  }
}
faults.forEach((it) => console.error(it));
console.log(`mermaid: ${files.length} files, ${faults.length} faults`);
process.exit(files.length === 0 || faults.length > 0 ? 1 : 0);
