// SPDX-License-Identifier: GPL-3.0-or-later
// Tests for hil/paper/drawings.h
#include "hil/paper/drawings.h"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <regex>

#include "tests/hil/paper/stored_sample.h"

using namespace jh;
using namespace jh::test;

namespace {

const Say english{Language::en};

struct Circle {
    double x{}, y{}, r{};
};
/// Discs of the map in the order of the cells.
std::vector<Circle> discs(const std::string& svg) {
    std::vector<Circle> found;
    const std::regex circle{
        R"re(circle class="disc" cx="([-0-9.]+)" cy="([-0-9.]+)" r="([0-9.]+)")re"};
    for (std::sregex_iterator it{svg.begin(), svg.end(), circle}, end; it != end; ++it) {
        if (std::stod((*it)[2]) == 0.0) continue;  // of the legend
        found.push_back({std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3])});
    }
    return found;
}

/// Places are drawn to the tenth of a pixel.
constexpr double drawnTo = 0.11;

}  // namespace

BOOST_AUTO_TEST_SUITE(drawings)

BOOST_AUTO_TEST_CASE(the_curve_has_every_point_of_the_weighing_with_its_numbers) {
    const StoredRecord record = storedSample(Verdict::fail);
    const TestResult& test = testOf(record, "weighing");
    const std::string svg = errorCurveSvg(record, test, english);
    std::size_t points = 0;
    for (const Measurement& m : test.measurements) {
        const bool up = m.kind == MeasurementKind::up || m.kind == MeasurementKind::substitution;
        if (!up && m.kind != MeasurementKind::down) continue;
        const std::string point = "<g class=\"point " + std::string{up ? "up" : "down"} +
                                  (m.verdict == Verdict::fail ? " fails" : "") + "\" data-load=\"" +
                                  m.load->kgText() + "\" data-error=\"" + m.judged()->kgText() +
                                  "\" data-limit=\"" + m.limit->kgText() + "\">";
        BOOST_TEST(holds(svg, point), point);
        ++points;
    }
    BOOST_TEST(points > 9u);
    BOOST_TEST(count(svg, "data-load=") == points);
    BOOST_TEST(count(svg, " fails\" data-load") > 0u);
}

BOOST_AUTO_TEST_CASE(points_lie_where_their_numbers_say) {
    const StoredRecord record = storedSample(Verdict::fail);
    const std::string svg = errorCurveSvg(record, testOf(record, "weighing"), english);
    const std::regex point{
        R"re(point up[^>]*data-load="([0-9.]+)" data-error="([-0-9.]+)".*cx="([0-9.]+)" cy="([0-9.]+)")re"};
    std::vector<std::array<double, 4>> found;
    for (std::sregex_iterator it{svg.begin(), svg.end(), point}, end; it != end; ++it) {
        found.push_back(
            {std::stod((*it)[1]), std::stod((*it)[2]), std::stod((*it)[3]), std::stod((*it)[4])});
    }
    BOOST_TEST_REQUIRE(found.size() > 4u);
    const auto& first = found.front();
    const auto& last = found.back();
    BOOST_TEST_REQUIRE(last[1] != first[1]);
    const double pxPerLoad = (last[2] - first[2]) / (last[0] - first[0]);
    const double pxPerError = (last[3] - first[3]) / (last[1] - first[1]);
    BOOST_TEST(pxPerLoad > 0.0);
    BOOST_TEST(pxPerError < 0.0);  // errors above zero lie higher
    for (const auto& p : found) {
        BOOST_TEST(std::abs(p[2] - first[2] - pxPerLoad * (p[0] - first[0])) < 2.0 * drawnTo);
        BOOST_TEST(std::abs(p[3] - first[3] - pxPerError * (p[1] - first[1])) < 2.0 * drawnTo);
    }
}

BOOST_AUTO_TEST_CASE(the_band_steps_where_the_limit_does) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string svg = errorCurveSvg(record, testOf(record, "weighing"), english);
    const std::size_t from = svg.find("class=\"limit\" points=\"") + 22;
    const std::string line = svg.substr(from, svg.find('"', from) - from);
    // 0 to 500 e, to 2000 e, to Max: two ends each.
    BOOST_TEST(count(line, ",") == 6u);
}

BOOST_AUTO_TEST_CASE(what_has_no_curve_draws_none) {
    const StoredRecord record = storedSample(Verdict::pass);
    BOOST_TEST(errorCurveSvg(record, testOf(record, "identity"), english) == "");
    BOOST_TEST(errorCurveSvg(record, testOf(record, "eccentricity"), english) == "");
    BOOST_TEST(deckMapSvg(record, testOf(record, "weighing"), english) == "");
    BOOST_TEST(errorCurveSvg(record, testOf(record, "net_weighing"), english) != "");
}

BOOST_AUTO_TEST_CASE(cells_stand_at_their_true_places) {
    const StoredRecord record = storedSample(Verdict::pass);
    const std::string svg = deckMapSvg(record, testOf(record, "eccentricity"), english);
    const std::vector<Circle> found = discs(svg);
    const auto& cells = record.scenario.scale.cells;
    BOOST_TEST_REQUIRE(found.size() == cells.size());
    const double scale =
        (found.back().x - found.front().x) / (cells.back().x.si() - cells.front().x.si());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        BOOST_TEST(std::abs(found[i].x - found[0].x - scale * (cells[i].x.si() - cells[0].x.si())) <
                   drawnTo);
        // Left of the driving direction is up, at the same scale.
        BOOST_TEST(std::abs(found[i].y - found[0].y + scale * (cells[i].y.si() - cells[0].y.si())) <
                   drawnTo);
    }
}

BOOST_AUTO_TEST_CASE(a_cell_tells_its_error_by_sign_size_and_number) {
    const StoredRecord record = storedSample(Verdict::pass, [](SampleRun& sample) {
        // Too much over 1R, far too little over 2L, the rest exact.
        sample.device.response = [](const OnDeck& d) {
            const bool blocks = d.of(LoadKind::block) > 0 && d.support.has_value();
            if (blocks && *d.support == 1) return d.mass + ExactMass::kg(10);
            if (blocks && *d.support == 2) return d.mass - ExactMass::kg(40);
            return d.mass;
        };
    });
    const std::string svg = deckMapSvg(record, testOf(record, "eccentricity"), english);
    BOOST_TEST(holds(svg,
                     "<g class=\"cell plus\" data-cell=\"1R\" data-error=\"10\" "
                     "data-limit=\"20\">"));
    BOOST_TEST(holds(svg,
                     "<g class=\"cell minus fails\" data-cell=\"2L\" data-error=\"-40\" "
                     "data-limit=\"20\">"));
    BOOST_TEST(holds(svg, "<g class=\"cell none\" data-cell=\"3L\" data-error=\"0\""));
    BOOST_TEST(holds(svg, "−40 kg</tspan> = −2 e"));
    const auto found = discs(svg);
    BOOST_TEST(found[1].r == 12.0);  // half of the limit's ring
    BOOST_TEST(found[2].r > 24.0);   // beyond it
}

BOOST_AUTO_TEST_CASE(the_time_line_has_a_row_for_each_kind_of_work_and_every_test) {
    const StoredRecord record = storedSample(Verdict::pass);
    for (const Language language : {Language::en, Language::zh}) {
        const std::string svg = timeLineSvg(record, Say{language});
        for (const WorkStep& step : record.result.steps)
            BOOST_TEST(holds(svg, ">" + phrase(step.name, language) + "</text>"), step.name);
        for (const TestResult& test : record.result.tests)
            BOOST_TEST(holds(svg, "data-test=\"" + test.rule.id + "\""), test.rule.id);
    }
}

BOOST_AUTO_TEST_SUITE_END()
