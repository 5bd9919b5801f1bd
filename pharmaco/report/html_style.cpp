// The stylesheet. Colours: at least 4.5:1 on their ground, light and dark; none is green.
#include "pharmaco/report/html_style.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace stardose::pharmaco {

namespace {

constexpr StyleSheet sheet = R"css(
:root {
  color-scheme: light dark; --sample: attr(data-sample);
  --ground: #fff; --panel: #f4f5f7; --text: #16191d; --quiet: #4c545e; --line: #d3d7dd; --edge: #8a929c;
  --action: #a31621; --caution: #8a4b00; --unknown: #4b3c9e; --none: #4c545e;
  --deep: #5b97cf;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --panel: #1d2127; --text: #e8eaed; --quiet: #adb5bf; --line: #363c45; --edge: #77808b;
    --action: #ff9a94; --caution: #f3b95f; --unknown: #bdb2ff; --none: #adb5bf;
    --deep: #4a86bd;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 76rem; padding: 2.5rem 2rem 4rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif;
  overflow-wrap: break-word; font-variant-numeric: tabular-nums;
}
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 3rem 0 .75rem; font-size: 1.25rem; line-height: 1.3; }
h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
p { margin: .5rem 0; max-width: 46rem; }
i { font-style: normal; color: var(--quiet); }
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 0; }
.facts div { min-width: 0; }
dt, caption, thead th, .date, .note { color: var(--quiet); font-size: .875rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.status { margin: 1rem 0 0; }
.notice { margin: 1.5rem 0 0; padding: .625rem .875rem; border-left: 4px solid var(--edge); background: var(--panel); }
.assumed { border-color: var(--caution); }
.assumed svg { color: var(--caution); }
.summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 1.5rem 0 0; }
.summary a {
  display: grid; grid-template-columns: auto auto 1fr; gap: .75rem; align-items: center; padding: 1rem 1.25rem;
  border: 1px solid var(--line); border-radius: 6px; color: inherit; text-decoration: none;
}
.summary a:hover { border-color: var(--edge); }
:focus-visible { outline: 3px solid var(--unknown); outline-offset: 2px; }
.summary b { font-size: 2rem; line-height: 1; }
.summary svg { width: 1.25rem; height: 1.25rem; }
.summary a[href="#needs-action"] svg { color: var(--action); }
.summary a[href="#undetermined"] svg { color: var(--unknown); }
.summary a[href="#no-change"] svg, .summary a[href="#dose"] svg { color: var(--none); }
svg { width: .8em; height: .8em; margin-right: .35em; fill: currentColor; vertical-align: -.04em; }
.mark { font-size: .8125rem; font-weight: 700; letter-spacing: .03em; white-space: nowrap; margin-right: .25em; }
.mark.action { color: var(--action); }
.mark.caution { color: var(--caution); }
.mark.unknown { color: var(--unknown); }
.mark.unknown svg { width: 1em; height: 1em; margin-right: .2em; vertical-align: -.12em; }
.mark.none { color: var(--none); }
table { width: 100%; margin: 1rem 0 0; border-collapse: collapse; font-size: .9375rem; line-height: 1.45; }
caption { padding-bottom: .5rem; text-align: left; }
th, td { padding: .625rem .75rem; text-align: left; vertical-align: top; }
thead th { padding-top: 0; font-weight: 600; border-bottom: 2px solid var(--edge); }
tbody tr { border-bottom: 1px solid var(--line); }
tbody th { font-weight: 700; }
.advice tbody th { border-left: 4px solid var(--none); }
.advice .action th { border-color: var(--action); }
.advice .caution th { border-color: var(--caution); }
.advice .unknown th { border-color: var(--unknown); }
.advice th:first-child { width: 15%; }
.advice th:nth-child(2) { width: 41%; }
.advice th:nth-child(3) { width: 29%; }
.waiting th:first-child { width: 12%; }
.waiting th:nth-child(2) { width: 26%; }
.waiting th:nth-child(4) { width: 24%; }
.waiting .mark { display: block; }
.genes th:first-child { width: 9%; }
.genes th:nth-child(2) { width: 22%; }
.genes th:nth-child(3) { width: 17%; }
.genes th:nth-child(7) { width: 24%; }
.date, .genes td:nth-child(6) { white-space: nowrap; }
.fact, .result { font-size: .875rem; }
.result { color: var(--quiet); }
.result b { font-weight: 600; }
.drugs { columns: 11rem; margin: 1rem 0; padding: 0; list-style: none; }
.other-genes { columns: 19rem; margin: 1rem 0; padding: 0; list-style: none; font-size: .875rem; }
.sources { padding-left: 1.25rem; font-size: .875rem; overflow-wrap: anywhere; }
.coverage th:first-child { width: 11%; }
.coverage th:nth-child(2) { width: 17%; }
.coverage th:nth-child(6) { width: 38%; }
.stretches { max-width: 46rem; }
svg.depth { display: block; width: 100%; max-width: 24rem; height: auto; margin: 0; }
svg.copies { display: block; width: 100%; max-width: 36rem; height: auto; margin: .5rem 0; }
.copies text { font-size: 12px; fill: var(--text); }
.deep { fill: var(--deep); }
.shallow { fill: var(--caution); }
.dose { margin: 1rem 0 0; padding: .25rem 1.25rem 1.25rem; border: 1px solid var(--line); border-radius: 6px; }
.banner { margin: .75rem 0; }
.banner.caution { border-color: var(--caution); }
.banner.unknown { border-color: var(--unknown); }
.banner.caution svg { color: var(--caution); }
.banner.unknown svg { color: var(--unknown); }
.result-and-picture { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem 2.5rem; }
.amount { margin: .5rem 0; font-size: 1.75rem; font-weight: 700; line-height: 1.2; }
.answer .note { display: block; }
svg.doses { display: block; width: 100%; max-width: 34rem; height: auto; margin: .5rem 0; }
.doses text { font-size: 12px; fill: var(--text); }
.other { fill: none; stroke: var(--edge); }
.interval { fill: none; stroke: var(--text); stroke-width: 2; }
.contributions th:first-child { width: 12%; }
.contributions th:nth-child(2) { width: 20%; }
.contributions th:nth-child(4) { width: 28%; }
.cautions { margin: 1rem 0; padding: 0; list-style: none; }
.cautions li { margin: .25rem 0; }
.basis { display: grid; grid-template-columns: 12rem 1fr; gap: .25rem 1rem; margin: 1rem 0 0; font-size: .875rem; }
.basis dd { font-weight: 400; }
.axis, .grid { fill: none; stroke: var(--line); }
.threshold { fill: none; stroke: var(--text); stroke-dasharray: 4 3; }
.expected { fill: none; stroke: var(--text); stroke-width: 3; }
.measured { fill: var(--deep); }
details { margin: 1rem 0 0; }
summary { padding: .5rem 0; font-weight: 600; cursor: pointer; }
details caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.signature { display: none; }
@media screen and (max-width: 640px) {
  body { padding: 1.25rem 1rem 3rem; }
  h2 { margin-top: 2.25rem; }
  .facts { gap: .5rem 1.5rem; }
  .summary { grid-template-columns: 1fr; gap: .5rem; }
  .summary a { padding: .75rem 1rem; grid-template-columns: 1.25rem 2.5rem 1fr; }
  .summary b { font-size: 1.5rem; }
  .basis { grid-template-columns: 1fr; gap: 0; }
  .basis dd { margin-bottom: .5rem; }
  .dose { padding: .25rem .75rem 1rem; }
  table, caption, tbody, tr, th, td { display: block; width: auto !important; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.advice tbody, .waiting tr, .genes tr, .coverage tr, .stretches tr, .contributions tr {
    margin: .75rem 0 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden;
  }
  .advice tr + tr { border-top: 1px solid var(--edge); }
  .advice tr:last-child { border-bottom: 0; }
  th, td { padding: .1875rem .875rem; }
  table.advice tbody { border-left: 4px solid var(--none); }
  .advice tbody.action { border-left-color: var(--action); }
  .advice tbody.caution { border-left-color: var(--caution); }
  .advice tbody.unknown { border-left-color: var(--unknown); }
  .advice tbody th { border-left: 0; }
  tbody th { padding-top: .75rem; font-size: 1.0625rem; }
  .advice .date { display: inline; }
  .advice .date::before { content: " "; }
  .drugs { columns: 8.5rem; }
  tr { padding-bottom: .5rem; }
  td::before { content: attr(data-label) ": "; color: var(--quiet); font-size: .875rem; }
  .advice td:not(:last-child)::before { content: none; }
  td:empty { display: none; }
  .waiting .mark { display: inline; margin-left: .5em; }
}
@page {
  margin: 12mm 10mm 11mm;
  @top-left { content: var(--sample); font: 8pt Arial, sans-serif; }
  @top-right { content: "Preliminary until confirmed"; font: 8pt Arial, sans-serif; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Arial, sans-serif; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.3; }
  h1 { font-size: 14pt; margin-bottom: 1.5mm; }
  h2 { font-size: 11pt; margin: 3.5mm 0 1mm; break-after: avoid; }
  h3 { font-size: 8.5pt; margin: 2mm 0 .5mm; break-after: avoid; }
  p { margin: 1mm 0; max-width: none; }
  table { margin-top: 1.5mm; font-size: 7.75pt; line-height: 1.22; }
  caption { padding-bottom: 1mm; break-after: avoid; }
  th, td { padding: .45mm 1.25mm; }
  dt, caption, thead th, .date, .note, .fact, .result, .mark { font-size: 7.25pt; }
  thead { display: table-header-group; break-after: avoid; }
  .genes tr:nth-child(-n+3) { break-before: avoid; }
  tr, .advice tbody, li { break-inside: avoid; }
  .advice td div { display: inline; }
  .advice td div::before { content: " "; }
  .fact::after, .result::after { content: "."; }
  .advice th:first-child { width: 12%; }
  .advice th:nth-child(3) { width: 33%; }
  .advice th:nth-child(2) { width: 34.5%; }
  .genes th:first-child { width: 8%; }
  .genes th:nth-child(2) { width: 26%; }
  .genes th:nth-child(3) { width: 19%; }
  .genes th:nth-child(7) { width: 25%; }
  .status { margin-top: 2mm; }
  .notice { margin-top: 2mm; padding: 1mm 2mm; }
  .summary { margin-top: 2mm; gap: 3mm; grid-template-columns: repeat(auto-fit, minmax(40mm, 1fr)); }
  .summary a { padding: 1.5mm 3mm; gap: 2mm; }
  .summary b { font-size: 14pt; }
  .drugs { columns: auto; margin: 1.5mm 0; }
  .drugs li { display: inline; }
  .drugs li:not(:last-child)::after { content: ", "; }
  details { margin-top: 1mm; }
  details:not([open]):not(.printed), .screen, .printed summary { display: none; }
  .printed { font-size: 7.25pt; line-height: 1.22; }
  .printed ul { margin: 0; padding-left: 4mm; }
  .printed::details-content { columns: 2; column-gap: 8mm; content-visibility: visible; height: auto; display: block; }
  header { position: relative; }
  .dose { margin-top: 1.5mm; padding: 0 2.5mm 2mm; }
  .banner { margin: 1.5mm 0; }
  .amount { margin: 1mm 0; font-size: 14pt; }
  .result-and-picture { grid-template-columns: 1fr 80mm; gap: 0 6mm; break-inside: avoid; }
  .cautions { margin: 1.5mm 0; }
  .basis { grid-template-columns: 32mm 1fr; gap: .3mm 2mm; margin-top: 1.5mm; font-size: 7.25pt; line-height: 1.22; }
  svg.doses { max-width: 80mm; margin: 0; }
  svg.depth { max-width: 60mm; }
  svg.copies { max-width: 110mm; break-inside: avoid; }
  .signature { display: flex; gap: 4mm; position: absolute; right: 0; top: 2mm; width: 55%; margin: 0; }
  .signature span { flex: 2; border-bottom: 1px solid var(--edge); }
  .signature span:last-child { flex: 1; }
}
)css";

}  // namespace

StyleSheet report_style() { return sheet; }

std::string csp_hash(StyleSheet style) {
  std::array<unsigned char, 32> digest{};
  const std::string_view css = style.view();
  if (EVP_Digest(css.data(), css.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::array<unsigned char, 45> base64{};  // 44 characters and the final zero
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return "sha256-" + std::string(base64.begin(), base64.end() - 1);
}

}  // namespace stardose::pharmaco
