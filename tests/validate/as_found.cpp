// SPDX-License-Identifier: GPL-3.0-or-later
// How scales are found in the field.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/support/as_found.h"
#include "tests/validate/chapters.h"
#include "tests/validate/shipped_data.h"

namespace jh::validate {

namespace {

constexpr int scalesDrawn = 2000;
constexpr double pound_kg = 0.45359237, limit_kg = 60.0 * pound_kg;

/// Error below which this share of the mixture lies.
double quantile_kg(double wanted, const AsFoundPopulation& p) {
    double low_kg = -5000.0, high_kg = 5000.0;
    for (int i = 0; i < 60; ++i) {
        const double middle_kg = 0.5 * (low_kg + high_kg);
        (test::expectedShareBelow(middle_kg, p) < wanted ? low_kg : high_kg) = middle_kg;
    }
    return low_kg;
}

double shareBelow(const std::vector<double>& errors, double kg) {
    return static_cast<double>(
               std::count_if(errors.begin(), errors.end(), [kg](double e) { return e < kg; })) /
           static_cast<double>(errors.size());
}

Chart distribution(const std::string& file, const std::string& title,
                   const std::vector<double>& errors, const AsFoundPopulation& p) {
    Chart chart{file,
                {title,
                 "error at 10 t, kg",
                 "scales below, %",
                 {},
                 {{"2000 simulated scales", {}, true}, {"two normal distributions", {}, false}}}};
    for (int kg = -400; kg <= 400; kg += 4) {
        chart.plot.x.push_back(kg);
        chart.plot.series[0].y.push_back(100.0 * shareBelow(errors, kg));
        chart.plot.series[1].y.push_back(100.0 * test::expectedShareBelow(kg, p));
    }
    return chart;
}

Table population(const char* title, const char* titleZh, const std::string& file,
                 const AsFoundPopulation& p, double twoSigma_kg, double beyond_pct) {
    Table table{
        title,
        titleZh,
        "a maker's records of scales tested at 20 000 to 25 000 lb; the mixture of two normal "
        "distributions that reproduces them, with an assumed limit of 60 lb",
        {"%", 1, within(3.0)},
        {},
        {},
        {}};
    const auto errors = test::errorsAsFound_kg(scaleNamed("100t-18x3-8c"), p, scalesDrawn);
    double squares = 0.0;
    for (const double e : errors) squares += e * e;
    table.add("records: two sigma", twoSigma_kg, 2.0 * std::sqrt(squares / scalesDrawn),
              {"kg", 0, share(0.25)});
    table.add("records: beyond 60 lb", beyond_pct,
              100.0 * (1.0 - shareBelow(errors, limit_kg) + shareBelow(errors, -limit_kg)));
    for (const double q : {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975}) {
        const double kg = quantile_kg(q, p);
        const bool tail = std::fabs(q - 0.5) > 0.45;
        table.add(fmt::format("mixture: below {:.0f} kg", q == 0.5 ? 0.0 : kg), 100.0 * q,
                  100.0 * shareBelow(errors, kg), {"%", 1, within(tail ? 1.0 : 3.0)});
    }
    table.measure = {"", 2, {}};
    table.atMost("Kolmogorov-Smirnov distance", 0.05, test::kolmogorovSmirnov(errors, p));
    table.charts.push_back(distribution(file, std::string{title} + ": errors at 10 t", errors, p));
    return table;
}

}  // namespace

Chapter asFound() {
    return {
        "As found in the field",
        "现场状况",
        fmt::format("{} scales of 100 t, each with faults drawn from the catalogue, none with an "
                    "error drawn. What each shows for 10 t over the middle module is compared. "
                    "Chance alone leaves a Kolmogorov-Smirnov distance of up to 0.03.",
                    scalesDrawn),
        {population("Analog scales, 12 984 records", "模拟式", "as-found-analog", analogAsFound(),
                    214.0, 28.0),
         population("Scales with digital cells, 28 799 records", "数字式", "as-found-digital",
                    digitalAsFound(), 78.0, 8.0)},
        {{"Hydraulic scales: 662 records, 13 % out, two sigma 550 lb",
          "There are no hydraulic cells here."},
         {"Error before calibration 140 lb (analog), 20 lb (digital)",
          "Another page of the same maker without counts or spread; the mixture follows the "
          "records."},
         {"Wrong data: 49 000 kg become -16 536, 3 211 264 000, 2.42e24 … kg",
          "Faults of the indicator's data; the catalogue names them, they cannot be switched on "
          "yet."}}};
}

}  // namespace jh::validate
