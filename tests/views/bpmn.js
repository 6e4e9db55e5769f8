// Opens every BPMN file of a folder with bpmn-moddle and lints it with bpmnlint.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import BpmnModdle from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

const config = {
  extends: 'bpmnlint:recommended',
  rules: {
    // Which agencies are asked hangs on the guard of each: neither all of them nor one.
    'no-inclusive-gateway': 'off',
    // A flow bears the name that its step has in law, also where nothing is chosen.
    'superfluous-label': 'off',
  },
};
// Some rules remember what they saw, so that each file has a linter of its own.
const linter = () => new Linter({ resolver: new NodeResolver(), config });

const folder = process.argv[2];
const files = readdirSync(folder).filter((it) => it.endsWith('.bpmn'));
const faults = [];
for (const file of files) {
  const text = readFileSync(join(folder, file), 'utf8');
  const shown = JSON.parse(readFileSync(join(folder, file.replace('.bpmn', '.json')), 'utf8'));
  const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
  faults.push(...warnings.map((it) => `${file}: ${it.message}`));
  for (const [rule, found] of Object.entries(await linter().lint(rootElement))) {
    faults.push(...found.map((it) => `${file}: ${rule}: ${it.id}: ${it.message}`));
  }
  const process = rootElement.rootElements.find((it) => it.$type === 'bpmn:Process');
  const plane = rootElement.diagrams[0].plane.planeElement;
  for (const element of process.flowElements) {
    if (plane.filter((it) => it.bpmnElement === element).length !== 1) {
      faults.push(`${file}: ${element.id} is not drawn once`);
    }
    const lanes = process.laneSets[0].lanes.filter((it) => it.flowNodeRef?.includes(element));
    if (element.$type !== 'bpmn:SequenceFlow' && lanes.length !== 1) {
      faults.push(`${file}: ${element.id} stands in ${lanes.length} lanes`);
    }
  }
  const names = process.flowElements.map((it) => it.name);
  for (const state of shown.states) {
    if (!names.includes(state.name)) faults.push(`${file}: state ${state.id} is missing`);
  }
}
faults.forEach((it) => console.error(it));
console.log(`bpmn: ${files.length} files, ${faults.length} faults`);
process.exit(files.length === 0 || faults.length > 0 ? 1 : 0);
