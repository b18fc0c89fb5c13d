// Reads the same pages with an open reader of the same kind (PP-OCRv4 under ONNX Runtime) and with dengji, one after
// the other on the same machine, and prints what each took for a page and how much of the truth it found.
//
// usage: node compare.mjs DENGJI FOLDER [PAGES]
//   DENGJI  the built program
//   FOLDER  images, with truth/*.json beside them (the format that `dengji bench` reads)
//   PAGES   how many of them, spread evenly; 12 when not given
// The peer is not told where fields are: a value counts as found when it stands anywhere in its text of the page. Ours
// must be the value of its own field.
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import Ocr from '@gutenye/ocr-node'

const [program, folder, wanted] = process.argv.slice(2)
if (!program || !folder) {
  console.error('usage: node compare.mjs DENGJI FOLDER [PAGES]')
  process.exit(2)
}

const truthFolder = path.join(folder, 'truth')
const truths = readdirSync(truthFolder)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(truthFolder, name), 'utf8')))
const count = Math.min(Number(wanted ?? 12), truths.length)
const pages = Array.from({ length: count }, (_, i) => truths[Math.floor((i * truths.length) / count)])
const files = pages.map((page) => path.join(folder, page.image))

const plain = (text) => text.normalize('NFKC').replace(/\s/g, '')
const values = (page) => Object.entries(page.values).filter(([, value]) => typeof value === 'string' && plain(value) !== '')

async function peer() {
  const ocr = await Ocr.create()
  await ocr.detect(files[0]) // the first page also loads the models
  const start = performance.now()
  const texts = []
  for (const file of files) texts.push(plain((await ocr.detect(file)).map((line) => line.text).join('')))
  const seconds = (performance.now() - start) / 1000
  let found = 0
  let all = 0
  pages.forEach((page, i) => {
    for (const [, value] of values(page)) {
      all += 1
      found += texts[i].includes(plain(value)) ? 1 : 0
    }
  })
  return { seconds, found, all }
}

function ours() {
  const start = performance.now()
  const output = execFileSync(program, ['read', ...files], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] })
  const seconds = (performance.now() - start) / 1000
  const results = output.trim().split('\n').map((line) => JSON.parse(line))
  let found = 0
  let all = 0
  pages.forEach((page) => {
    const fields = results.find((result) => path.basename(result.source) === page.image)?.fields ?? {}
    for (const [key, value] of values(page)) {
      if (!(key in fields)) continue // the parts of a date are one field of ours
      all += 1
      found += plain(String(fields[key].value)) === plain(value) ? 1 : 0
    }
  })
  return { seconds, found, all }
}

const theirs = await peer()
const own = ours()
const line = (name, { seconds, found, all }) =>
  `${name.padEnd(12)} ${(seconds / count).toFixed(2).padStart(8)} s a page   ${((100 * found) / all).toFixed(1).padStart(5)} % of ${all} values`
console.log(`${count} pages`)
console.log(line('peer', theirs))
console.log(line('dengji', own))
console.log(`dengji is ${(theirs.seconds / own.seconds).toFixed(1)} times as fast`)
