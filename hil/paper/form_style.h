// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace jh {

/// Look of the printed forms: A4, black on white, one typeface for both languages.
inline const std::string formStyle = R"css(
@page { size: A4; margin: 19mm 14mm 17mm 17mm;
  @bottom-left { font: 7.5pt "Noto Serif CJK SC", serif; } @bottom-right { font: 7.5pt "Noto Serif CJK SC", serif; }
  @top-center { font: 8pt "Noto Serif CJK SC", serif; } }
body { font: 9.5pt/1.4 "Noto Serif CJK SC", serif; color: #000; margin: 0; }
h1 { font-size: 17pt; text-align: center; margin: 2mm 0 3mm; }
h1.wide { font-size: 26pt; margin: 24mm 0 6mm; }
html:lang(zh) h1.wide { letter-spacing: 6pt; }
h2 { font-size: 11.5pt; margin: 6mm 0 2mm; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 0; }
p { margin: 1.5mm 0; }
.office { text-align: center; font-size: 12pt; margin: 0; }
.number { text-align: right; margin: 0 0 1.5mm; }
.middle { text-align: center; font-size: 11pt; margin-bottom: 14mm; }
.blank { display: inline-block; min-width: 32mm; border-bottom: 0.6pt solid #000; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: 400; text-align: left; }
.fields { margin-bottom: 3mm; table-layout: fixed; }
.fields th, .fields td, .ruled th, .ruled td { border: 0.6pt solid #000; padding: 0.5mm 1.6mm; vertical-align: middle; }
.fields th { width: 27mm; background: #f2f2f2; } .fields td { height: 5.2mm; }
html:lang(en) .fields th { width: 32mm; }
.ruled { font-size: 8.5pt; margin-bottom: 2.5mm; }
.ruled thead { display: table-header-group; } .ruled thead th { background: #f2f2f2; text-align: center; }
.ruled td.n { text-align: right; white-space: nowrap; } .ruled td.r, .ruled td.c { text-align: center; }
.ruled tr { break-inside: avoid; }
.ruled td .blank { min-width: 0; border: 0; }
tr.fail td { font-weight: 700; border-top-width: 1.5pt; border-bottom-width: 1.5pt; }
.conditions { width: auto; min-width: 62%; }
.heading { margin: 3.2mm 0 1mm; break-after: avoid; break-inside: avoid; }
.heading td { padding: 0; vertical-align: bottom; }
.heading td.r { text-align: right; font-weight: 700; font-size: 10.5pt; white-space: nowrap; width: 26mm; }
small { font-size: 7.5pt; } small i { padding-left: 2mm; }
.reasons { margin: 1mm 0 2mm; padding-left: 5mm; font-weight: 700; }
.sketch { display: block; margin: 0 auto 1mm; }
.box { padding-right: 5mm; white-space: nowrap; }
.passed { font-size: 11pt; margin-top: 3mm; }
.conclusion { border: 1pt solid #000; padding: 1.5mm 3mm; margin-top: 5mm; font-size: 10.5pt; break-inside: avoid; break-after: avoid; }
.signatures { table-layout: fixed; margin: 6mm auto 2mm; break-inside: avoid; }
.signatures td { padding-right: 3mm; } .signatures .blank { min-width: 22mm; }
.lines { width: 88%; margin: 0 auto 12mm; font-size: 11.5pt; }
.lines th { width: 34%; padding: 2.6mm 0; vertical-align: bottom; }
.lines td { border-bottom: 0.6pt solid #000; padding: 2.6mm 2mm; vertical-align: bottom; }
.lines td .blank { border: 0; }
.dates { margin: 8mm auto 4mm; width: 66%; } .dates th { width: 46%; }
.stamp { text-align: right; padding-right: 18mm; color: #555; }
.next-page { break-before: page; }
)css";

}  // namespace jh
