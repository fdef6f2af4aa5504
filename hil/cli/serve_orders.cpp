// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/serve_orders.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <sstream>

#include "hil/cli/probe_arguments.h"
#include "hil/scenario/parse_faults.h"
#include "hil/scenario/units.h"

namespace jh {

namespace {

constexpr const char* helpText =
    "load 20 t @ 5.0 0.9    this weight, in place of what lies there; several: + between them\n"
    "vehicle FILE @ 15.8    this vehicle, its front axle there\n"
    "unload                 everything goes\n"
    "supply off | on        of the indicator\n"
    "radio on | off         a hand radio beside it transmits\n"
    "line late_reply delay=200ms share=20%   this fault of the line from now on; several add up\n"
    "line no_reply station=3                 of unit 3 only; frozen_value: it holds what it said\n"
    "line clear             the line is sound again; `line` alone names its faults\n"
    "show                   what lies there and what it is\n"
    "quit                   the end\n"
    "before any of them: after 10 s, and number 3 for the third indicator only\n";

std::vector<std::string> wordsOf(const std::string& line) {
    std::istringstream in{line};
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

/// What truly bears on each cell, as mass, and the coefficient by which its counts go into the sum.
std::string cellsText(const VirtualBench& bench) {
    const Plant& plant = bench.plant();
    std::string text;
    for (std::size_t i = 0; i < plant.parts().places.size(); ++i) {
        text += fmt::format("; {} {:.2f} kg x {:.6f}", plant.parts().places[i].id,
                            massOf(plant.meanCellForces()[i], plant.parts().site.gravity).si(),
                            bench.box()->coefficients[i]);
    }
    return text;
}

/// The line behind so many of its words.
std::string behind(const std::string& line, int words) {
    std::istringstream in{line};
    std::string skipped;
    for (int i = 0; i < words; ++i) in >> skipped;
    std::string rest;
    std::getline(in >> std::ws, rest);
    return rest;
}

}  // namespace

ServeOrders::~ServeOrders() {
    if (polled_) poller_.remove(STDIN_FILENO);
}

std::string ServeOrders::listen() {
    const auto added = poller_.add(STDIN_FILENO, {}, [this](Poller::Readiness) { read(); });
    polled_ = listening_ = added.has_value();
    // A file or /dev/null cannot be waited for: it is read at once.
    if (!listening_) {
        listening_ = true;
        while (listening_) read();
    }
    return {};
}

void ServeOrders::read() {
    std::array<char, 4096> bytes{};
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) {
        if (polled_) poller_.remove(STDIN_FILENO);
        polled_ = listening_ = false;
        if (!pending_.empty()) take(pending_);
        pending_.clear();
        return;
    }
    pending_.append(bytes.data(), static_cast<std::size_t>(count));
    for (auto end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
        const std::string line = pending_.substr(0, end);
        pending_.erase(0, end + 1);
        take(line);
    }
    constexpr std::size_t longestLine = 4096;
    if (pending_.size() > longestLine) pending_.clear();
}

void ServeOrders::take(const std::string& line) {
    const std::vector<std::string> words = wordsOf(line);
    if (words.empty() || words.front().starts_with('#')) return;
    if (words.front() == "after" && words.size() > 3) {
        const auto wait = parseTime(words[1] + " " + words[2]);
        if (wait) {
            poller_.at(std::chrono::steady_clock::now() + *wait,
                       [this, rest = behind(line, 3)] { take(rest); });
            return;
        }
    }
    chosen_ = indicators_;
    if (words.front() == "number" && words.size() > 2) {
        std::size_t number{};
        std::from_chars(words[1].data(), words[1].data() + words[1].size(), number);
        if (number < 1 || number > indicators_.size()) {
            fmt::print("error: number {}: there are {}\n", words[1], indicators_.size());
        } else {
            chosen_ = {indicators_[number - 1]};
            const std::string rest = behind(line, 2);
            fmt::print("{}\n", obey(wordsOf(rest), rest));
        }
    } else {
        fmt::print("{}\n", obey(words, line));
    }
    static_cast<void>(std::fflush(stdout));
}

std::string ServeOrders::obey(const std::vector<std::string>& words, const std::string& line) {
    const std::string& order = words.front();
    const std::string object = words.size() > 1 ? words[1] : "";
    if (order == "load" || order == "vehicle") return put(behind(line, 1), order == "vehicle");
    if (order == "quit") {
        quit_ = true;
        return "ok";
    }
    if (order == "unload") {
        for (ServedIndicator* each : chosen_) each->clear();
        return "ok";
    }
    if (order == "show") return show();
    if (order == "line") return disturb(behind(line, 1));
    if (order == "help") return helpText;
    if ((order == "supply" || order == "radio") && (object == "on" || object == "off")) {
        for (ServedIndicator* each : chosen_) {
            each->catchUp();
            static_cast<void>(order == "supply" ? each->bench().switchSupply(object == "on")
                                                : each->bench().keyRadio(object == "on"));
        }
        return "ok";
    }
    return "error: not an order: " + line + " (help lists them)";
}

std::string ServeOrders::put(const std::string& loads, bool vehicle) {
    ProbeArguments arguments;
    std::istringstream in{loads};
    for (std::string one; std::getline(in >> std::ws, one, '+');) {
        (vehicle ? arguments.vehicles : arguments.loads).push_back(one);
    }
    const auto input = readProbeInput(arguments, scale_);
    if (!input) return "error: " + input.error().front().text();
    for (ServedIndicator* each : chosen_) each->put(*input);
    return "ok";
}

std::string ServeOrders::disturb(const std::string& fault) {
    if (fault.empty()) return line_.text();
    if (fault == "clear") {
        line_.clear();
        return "ok";
    }
    const auto faults = parseLineFaults({fault}, line_.wires(), "line");
    if (!faults) return "error: " + faults.error().front().text();
    line_.add(*faults);
    return "ok";
}

std::string ServeOrders::show() const {
    std::string text;
    for (ServedIndicator* each : chosen_) {
        each->catchUp();
        const auto truth = each->bench().truth();
        text += fmt::format("{}on the receptor {} {}, unrounded {} {}", text.empty() ? "" : "\n",
                            truth->onDeck.text(scale_.unit, 1), symbol(scale_.unit),
                            truth->unrounded.text(scale_.unit, 1), symbol(scale_.unit));
        if (!each->cells().empty()) text += cellsText(each->bench());
    }
    return text;
}

}  // namespace jh
