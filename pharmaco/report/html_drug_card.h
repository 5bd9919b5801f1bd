// One drug as a card: its mark, and what each guideline says, the most demanding first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_writer.h"

namespace stardose::pharmaco {

/// Advice that says the same to several groups of people, or that several guidelines give, told once.
struct AdviceLine {
  const Advice* advice = nullptr;             ///< the first of them
  std::vector<std::string_view> populations;  ///< empty: everyone
  std::vector<const Advice*> sources;         ///< each source and strength once

  [[nodiscard]] AdviceLevel level() const { return advice->level; }
};

/// Returns the advice on a drug in its order, what says the same in one line.
[[nodiscard]] std::vector<AdviceLine> advice_lines(const DrugSummary& drug);

/// Writes the card. `remark` stands under the name, where there is one.
void write_drug_card(HtmlWriter& html, const DrugSummary& drug, std::string_view remark = {});

/// Writes a list of cards; drugs of which the same is said share one, under all their names.
void write_drug_cards(HtmlWriter& html, const std::vector<DrugSummary>& drugs);

}  // namespace stardose::pharmaco
