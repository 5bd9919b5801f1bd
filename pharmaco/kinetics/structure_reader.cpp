// Compartments and what follows from them.
#include <algorithm>
#include <map>

#include "learning/kinetics/modes.h"
#include "pharmaco/kinetics/model_reading.h"

namespace stardose::pharmaco {

namespace {

using learning::KineticSystem;

/// Half an hour and six hours: INRs change by less than 0.0001 where steps are a third of that.
constexpr double first_step = 1.0 / 48;
constexpr double longest_step = 0.5;

class StructureReader {
 public:
  StructureReader(const YamlFields& fields, ModelReading& reading)
      : fields_{fields}, reading_{reading}, model_{reading.model()}, system_{model_.system} {}

  void read() {
    system_.parameters = model_.parameters.size();
    system_.first_step = first_step;
    system_.longest_step = longest_step;
    model_.compartments = fields_.list("compartments");
    system_.compartments = model_.compartments.size();
    if (model_.compartments.empty() || model_.compartments.size() > learning::most_compartments) {
      fields_.fault("compartments", "expected a list of up to 8 names");
      return;
    }
    for (const YAML::Node& item : fields_.items("flows")) read_flow(item);
    for (const auto& [name, node] : fields_.entries("routes")) read_route(name, node);
    for (const auto& [name, node] : fields_.entries("inhibitions")) read_inhibition(name, node);
    for (const auto& [name, node] : fields_.entries("chains")) read_chain(name, node);
    for (const auto& [name, node] : fields_.entries("observables")) read_observable(name, node);
    check_flows();
    if (model_.routes.empty()) fields_.fault("routes", "expected how the drug is given");
    if (model_.observables.empty()) fields_.fault("observables", "expected what is measured");
    for (const auto& [name, used] : used_) {
      if (!used) fields_.fault("chains", "nothing asks for " + name);
    }
  }

 private:
  [[nodiscard]] YamlFields fields_of(const YAML::Node& node, std::initializer_list<std::string_view> known) {
    return {reading_.file(), node, known, reading_.faults()};
  }

  void read_flow(const YAML::Node& node) {
    const YamlFields flow = fields_of(node, {"from", "to", "rate", "clearance", "volume"});
    KineticSystem::Flow read{.from = reading_.compartment(flow, "from")};
    if (flow.has("to")) read.to = reading_.compartment(flow, "to");
    if (read.to == read.from) flow.fault("to", "a flow goes from one compartment to another");
    if (flow.has("rate") == flow.has("clearance")) flow.fault("rate", "expected either `rate` or `clearance`");
    if (flow.has("clearance")) {
      read.rate = reading_.needed(flow, "clearance", clearance_dimension, "clearance");
      read.volume = reading_.needed(flow, "volume", volume_dimension, "volume");
    } else {
      read.rate = reading_.needed(flow, "rate", per_time, "rate");
    }
    system_.flows.push_back(read);
  }

  /// In a circle without a way back amounts could swing, which closed forms here do not cover.
  void check_flows() {
    const std::size_t count = system_.compartments;
    std::vector<std::vector<bool>> leads(count, std::vector<bool>(count, false));
    for (const KineticSystem::Flow& flow : system_.flows) {
      if (flow.to) leads[flow.from][*flow.to] = true;
    }
    std::vector<std::vector<bool>> reaches = leads;
    for (std::size_t by = 0; by < count; ++by) {
      for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t b = 0; b < count; ++b) reaches[a][b] = reaches[a][b] || (reaches[a][by] && reaches[by][b]);
      }
    }
    for (const KineticSystem::Flow& flow : system_.flows) {
      if (flow.to && reaches[*flow.to][flow.from] && !leads[*flow.to][flow.from]) {
        fields_.fault("flows", "compartments in a circle: only flows with one back between the same two are solved");
        return;
      }
    }
  }

  void read_route(const std::string& name, const YAML::Node& node) {
    const YamlFields route = fields_of(node, {"into", "share", "why", "available", "lag", "infusion", "over"});
    KineticSystem::Entry entry{.compartment = reading_.compartment(route, "into")};
    entry.share = reading_.number(route, "share", 1);
    if (entry.share <= 0 || entry.share > 1) route.fault("share", "expected a share of the dose, above 0 and up to 1");
    if (route.has("share") != route.has("why")) route.fault("why", "a share of the dose needs its reason");
    entry.available = reading_.parameter(route, "available", {}, "share", false);
    entry.lag = reading_.parameter(route, "lag", time_dimension, "time", false);
    const double over = route.has("over") ? reading_.quantity(route, "over", time_dimension) : 0;
    model_.routes.push_back({name, system_.entries.size(), route.text_or("infusion", "no") == "yes", over});
    system_.entries.push_back(entry);
  }

  KineticSystem::Concentration read_concentration(const YamlFields& fields) {
    return {reading_.compartment(fields, "of"), reading_.needed(fields, "volume", volume_dimension, "volume")};
  }

  void read_inhibition(const std::string& name, const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"of", "volume", "ec50", "hill", "most"});
    KineticSystem::Inhibition read{.of = read_concentration(fields)};
    read.ec50 = reading_.needed(fields, "ec50", concentration_dimension, "concentration");
    read.hill = reading_.parameter(fields, "hill", {}, "plain number", false);
    read.most = reading_.parameter(fields, "most", {}, "plain number", false);
    inhibitions_[name] = system_.inhibitions.size();
    used_[name] = false;
    system_.inhibitions.push_back(read);
  }

  void read_chain(const std::string& name, const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"inhibited_by", "transits", "time"});
    KineticSystem::Chain read;
    const std::string by = fields.text("inhibited_by");
    if (const auto found = inhibitions_.find(by); found != inhibitions_.end()) {
      read.inhibition = found->second;
      used_[by] = true;
    } else {
      fields.fault("inhibited_by", "no such inhibition: " + by);
    }
    const double transits = reading_.number(fields, "transits");
    if (transits < 1 || transits > 20 || transits != static_cast<double>(static_cast<int>(transits))) {
      fields.fault("transits", "expected a whole number from 1 to 20");
    } else {
      read.transits = static_cast<std::size_t>(transits);
    }
    read.time = reading_.needed(fields, "time", time_dimension, "time");
    chains_[name] = system_.chains.size();
    used_[name] = false;
    system_.chains.push_back(read);
  }

  void read_observable(const std::string& name, const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"title", "unit", "between", "concentration", "response", "error"});
    Observable observable{.name = name, .title = fields.text("title"), .output = system_.outputs.size()};
    if (const Unit* unit = reading_.dosing().covariates.units.find(fields.text("unit"))) {
      observable.unit = *unit;
    } else {
      fields.fault("unit", "not in units.tsv");
    }
    if (fields.has("concentration") == fields.has("response")) {
      fields.fault("concentration", "expected either `concentration` or `response`");
      return;
    }
    system_.outputs.push_back(fields.has("response") ? read_response(fields.node("response"))
                                                     : read_level(fields.node("concentration")));
    const Dimension wanted = fields.has("response") ? Dimension{} : concentration_dimension;
    if (observable.unit.dimension != wanted) fields.fault("unit", "does not fit what is measured");
    const std::vector<YAML::Node> ends = fields.items("between");
    if (ends.size() == 2 && read_decimal(ends[0].Scalar(), observable.least) &&
        read_decimal(ends[1].Scalar(), observable.greatest) && observable.least < observable.greatest) {
    } else {
      fields.fault("between", "expected the least and the greatest value that a patient can have");
    }
    read_error(fields, observable);
    model_.observables.push_back(std::move(observable));
  }

  KineticSystem::Output read_level(const YAML::Node& node) {
    return {.kind = KineticSystem::Output::Kind::concentration,
            .of = read_concentration(fields_of(node, {"of", "volume"}))};
  }

  KineticSystem::Output read_response(const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"product_of", "mean_of", "base", "shift", "power"});
    const bool is_mean = fields.has("mean_of");
    KineticSystem::Output read{.kind =
                                   is_mean ? KineticSystem::Output::Kind::mean : KineticSystem::Output::Kind::product};
    for (const std::string& name : fields.list(is_mean ? "mean_of" : "product_of")) {
      if (const auto found = chains_.find(name); found != chains_.end()) {
        read.chains.push_back(found->second);
        used_[name] = true;
      } else {
        fields.fault("product_of", "no such chain: " + name);
      }
    }
    if (read.chains.empty()) fields.fault("product_of", "expected a list of chains");
    read.base = reading_.needed(fields, "base", {}, "plain number");
    read.shift = reading_.parameter(fields, "shift", {}, "plain number", false);
    read.power = reading_.parameter(fields, "power", {}, "plain number", false);
    if (read.power && !read.shift) fields.fault("power", "a power needs a shift");
    return read;
  }

  void read_error(const YamlFields& observable, Observable& into) {
    const YamlFields fields = fields_of(observable.node("error"), {"of_logarithm", "proportional", "additive"});
    learning::ResidualError& error = into.error;
    error.is_log = fields.has("of_logarithm");
    if (error.is_log) {
      error.additive = reading_.number(fields, "of_logarithm");
      if (fields.has("proportional") || fields.has("additive")) fields.fault("of_logarithm", "stands alone");
    } else {
      error.proportional = reading_.number(fields, "proportional", 0);
      if (fields.has("additive")) error.additive = reading_.quantity(fields, "additive", into.unit.dimension);
    }
    const bool is_some = error.additive > 0 || error.proportional > 0;
    if (!is_some || error.additive < 0 || error.proportional < 0) observable.fault("error", "expected some above 0");
  }

  const YamlFields& fields_;
  ModelReading& reading_;
  KineticModel& model_;
  KineticSystem& system_;
  std::map<std::string, std::size_t> inhibitions_;
  std::map<std::string, std::size_t> chains_;
  std::map<std::string, bool> used_;  ///< inhibitions and chains
};

}  // namespace

void read_structure(const YamlFields& fields, ModelReading& reading) { StructureReader{fields, reading}.read(); }

}  // namespace stardose::pharmaco
