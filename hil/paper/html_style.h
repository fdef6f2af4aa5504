// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace jh {

/// Look of the HTML report, on a screen and on paper. Colours help; nothing depends on them.
inline constexpr const char* htmlStyle = R"css(
:root { --ink: #1b1f24; --faint: #5c6570; --line: #c9ced6; --soft: #f4f6f8; --good: #17663a; --bad: #a3161a; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1060px; padding: 24px 28px 40px; color: var(--ink); background: #fff;
  font: 15px/1.5 "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "DejaVu Sans", Arial, sans-serif; }
header { display: flex; gap: 22px; align-items: center; border-bottom: 2px solid var(--ink); padding-bottom: 16px; }
header h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; }
header p { margin: 2px 0; color: var(--faint); }
header p b { color: var(--bad); }
.verdict { flex: none; min-width: 136px; padding: 12px 16px; text-align: center; font-size: 25px; font-weight: 700;
  line-height: 1.2; border-radius: 8px; border: 3px solid var(--ink); }
.verdict span { display: block; font-size: 36px; line-height: 1; }
.verdict.pass { color: var(--good); border-color: var(--good); }
.verdict.fail { color: #fff; background: var(--bad); border-color: var(--bad); }
.verdict.other { border-style: dashed; }
.simulated { margin: 12px 0 0; padding: 5px 12px; border: 1px dashed var(--faint); border-radius: 4px;
  color: var(--faint); font-size: 13.5px; }
nav { margin: 14px 0 0; display: flex; gap: 10px; }
button { font: inherit; font-size: 14px; padding: 4px 14px; color: var(--ink); background: var(--soft);
  border: 1px solid var(--line); border-radius: 5px; cursor: pointer; }
button:hover { background: #e8ebef; }
section { margin-top: 28px; }
h2 { font-size: 18px; margin: 0 0 8px; padding-bottom: 3px; border-bottom: 1px solid var(--line); }
h3 { font-size: 16px; margin: 24px 0 2px; display: flex; justify-content: space-between; gap: 12px; }
h4 { font-size: 14.5px; margin: 0 0 4px; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 3px; }
.clause { margin: 0 0 6px; color: var(--faint); font-size: 13.5px; }
.verify { font-style: italic; }
.verify::before { content: "⚠ "; font-style: normal; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 9px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 1.5px solid var(--ink); font-weight: 600; white-space: nowrap; vertical-align: bottom; }
thead th small { display: block; font-weight: 400; color: var(--faint); }
.n { text-align: right; white-space: nowrap; }
td.v { white-space: nowrap; }
tr.fail td { font-weight: 700; background: #fbeceb; border-top: 1px solid var(--bad); border-bottom: 1px solid var(--bad); }
tr.note td { color: var(--faint); }
tr.zero td { color: var(--faint); }
.pass-word { color: var(--good); white-space: nowrap; } .fail-word { color: var(--bad); font-weight: 700; white-space: nowrap; }
.truth { background: #f0f0f6; font-style: italic; }
.no-truth .truth { display: none; }
.facts { display: grid; grid-template-columns: 1fr 1fr; gap: 18px 36px; }
.facts th { width: 40%; font-weight: 400; color: var(--faint); padding-left: 0; }
.facts td { padding-right: 0; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { border-left: 5px solid var(--bad); padding: 5px 0 5px 12px; margin: 7px 0; background: #fdf5f4; }
.reasons { margin: 4px 0 8px; padding-left: 0; list-style: none; color: var(--bad); font-weight: 600; }
.reasons li::before { content: "✗ "; }
svg { width: 100%; height: auto; display: block; font-size: 13px; fill: var(--ink); }
svg.bar { display: inline-block; width: auto; vertical-align: middle; }
table.budget th { white-space: normal; vertical-align: bottom; } table.budget td { white-space: nowrap; }
table.narrow { width: auto; margin: 10px 0; } table.adjustment .c, table.adjustment .r { text-align: center; white-space: nowrap; }
svg .grid { stroke: #e2e5e9; } svg .zero { stroke: #8a929c; } svg .frame { fill: none; stroke: #4a525c; }
svg .band { fill: #e9f1ea; stroke: none; } svg .limit { fill: none; stroke: #17663a; stroke-width: 1.8; stroke-dasharray: 7 3; }
svg .leg { fill: none; stroke: #0072b2; stroke-width: 1.8; } svg .leg.down { stroke: #b34700; stroke-dasharray: 5 4; }
svg .point.up circle { fill: #0072b2; } svg .point.down path { fill: #fff; stroke: #b34700; stroke-width: 1.8; }
svg .value { font-size: 12px; paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round; } svg .cross, svg .point.down path.cross { fill: none; stroke: #a3161a; stroke-width: 2.6; }
svg .point.fails .value { font-weight: 700; font-size: 13px; }
svg .deck { fill: #fafbfc; stroke: #1b1f24; stroke-width: 2; } svg .joint { stroke: #1b1f24; stroke-dasharray: 7 5; }
svg .faint { fill: #5c6570; } svg .id { font-weight: 700; }
svg .cell .ring { fill: #fff; stroke: #4a525c; stroke-dasharray: 3 3; }
svg .cell.plus .disc { stroke: #0072b2; stroke-width: 1.6; }
svg .cell.minus .disc { stroke: #d55e00; stroke-width: 1.6; }
svg .cell.none .disc { fill: #4a525c; }
svg .work { fill: #3d5a80; } svg .shade0 { fill: #eef1f4; } svg .shade1 { fill: #fff; }
footer { margin-top: 34px; padding-top: 10px; border-top: 2px solid var(--ink); font-size: 13.5px; color: var(--faint); }
footer table { font-size: 13.5px; } footer th { font-weight: 400; width: 22%; padding-left: 0; }
footer td { overflow-wrap: anywhere; color: var(--ink); }
code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 12.5px; }
@media (max-width: 700px) { .facts { grid-template-columns: 1fr; } header { flex-direction: column; align-items: flex-start; } }
@media print {
  @page { size: A4; margin: 14mm 13mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  h2, h3, .clause { break-after: avoid; }
  tr, svg, .findings li, .facts > div { break-inside: avoid; }
  table { font-size: 9.5pt; } th, td { padding: 1.5pt 5pt; }
  thead { display: table-header-group; }
  .verdict.fail { color: var(--bad); background: #fff; border-width: 5px; }
  tr.fail td { background: none; border-top: 1.2pt solid #000; border-bottom: 1.2pt solid #000; }
  .findings li { background: none; border-left-color: #000; } .truth { background: none; }
}
)css";

}  // namespace jh
