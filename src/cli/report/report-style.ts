export const reportStyle = `
:root { --ink: #1c2733; --soft: #5b6875; --line: #e3e8ed; --paper: #ffffff; --ground: #f3f5f7; --accent: #1b4f72 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e9ee; --soft: #97a4b0; --line: #2d3843; --paper: #1a222b; --ground: #11171d; --accent: #7fb3d5 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 13px/1.45 system-ui, "DejaVu Sans", sans-serif }
header { display: flex; gap: 24px; align-items: baseline; flex-wrap: wrap; padding: 18px 24px; background: var(--paper); border-bottom: 1px solid var(--line) }
h1 { margin: 0; font-size: 20px; color: var(--accent) }
header p { margin: 0; color: var(--soft); font-variant-numeric: tabular-nums }
nav { display: flex; gap: 16px; margin-left: auto; flex-wrap: wrap }
a { color: var(--accent); text-decoration: none }
section { padding: 8px 24px 16px; max-width: 1500px; margin: 0 auto }
h2 { font-size: 16px; margin: 14px 0 10px }
.grid { display: grid; grid-template-columns: repeat(24, minmax(0, 1fr)); grid-auto-rows: 30px; gap: 10px }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; overflow: hidden; display: flex; flex-direction: column; min-height: 0 }
h3 { margin: 0 0 6px; font-size: 12px; font-weight: 600; color: var(--soft) }
.figure { margin: auto 0; font-size: 30px; font-weight: 600; font-variant-numeric: tabular-nums }
.empty { margin: auto; color: var(--soft) }
svg { flex: 1; min-height: 0; width: 100% }
svg text { font-size: 11px; fill: var(--soft); font-variant-numeric: tabular-nums }
svg .grid { stroke: var(--line) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 4px 0 0; padding: 0; list-style: none; color: var(--soft) }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px }
.bars { flex: 1; margin: 0; padding: 0; list-style: none; overflow: auto }
.bars.many { display: grid; grid-template-rows: repeat(12, auto); grid-auto-flow: column; grid-auto-columns: 1fr; gap: 0 18px }
.bars.many li { grid-template-columns: 24px 1fr 36px }
.bars li { display: grid; grid-template-columns: 90px 1fr 48px; gap: 8px; align-items: center; margin: 3px 0 }
.bars b { font-weight: 500; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.bars span { display: flex; height: 12px }
.bars span i { display: block; height: 100% }
.bars em { font-style: normal; text-align: right; color: var(--soft); font-variant-numeric: tabular-nums }
.scroll { overflow: auto; min-height: 0 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); max-width: 320px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
th { position: sticky; top: 0; background: var(--paper); color: var(--soft); font-weight: 600; font-size: 11px }
th.number, .number { text-align: right; font-variant-numeric: tabular-nums }
@media (max-width: 900px) { .grid { display: block } article { margin-bottom: 10px; max-height: 420px } }
`
