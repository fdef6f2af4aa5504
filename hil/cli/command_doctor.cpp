// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "hil/cli/console.h"
#include "hil/cli/doctor_checks.h"
#include "hil/cli/wire_commands.h"

namespace jh {

namespace {

const char* wordFor(DoctorFinding::Mark mark) {
    constexpr const char* words[] = {"ok", "look", "missing"};
    return words[static_cast<int>(mark)];
}

std::string asJson(const std::vector<DoctorFinding>& findings) {
    nlohmann::ordered_json json{{"findings", nlohmann::ordered_json::array()}};
    for (const DoctorFinding& f : findings) {
        nlohmann::ordered_json each{{"area", f.area}, {"mark", wordFor(f.mark)}, {"what", f.what}};
        if (!f.advice.empty()) each["advice"] = f.advice;
        if (f.needed) each["needed"] = true;
        for (const auto& [name, value] : f.figures) each[name] = value;
        json["findings"].push_back(std::move(each));
    }
    return json.dump(2) + '\n';
}

std::string asText(const std::vector<DoctorFinding>& findings) {
    std::string text;
    for (const DoctorFinding& f : findings) {
        text += fmt::format("{:8} {:11} {}\n", wordFor(f.mark), f.area, f.what);
        if (!f.advice.empty()) text += fmt::format("{:20} -> {}\n", "", f.advice);
    }
    return text;
}

}  // namespace

int doctorCommand(const JsonOutput& json) {
    std::vector<DoctorFinding> findings;
    for (const auto examine : {basicFindings, serialFindings, timingFindings, softwareFindings}) {
        const auto some = examine();
        findings.insert(findings.end(), some.begin(), some.end());
    }
    bool able = true;
    for (const DoctorFinding& f : findings) {
        able = able && !(f.needed && f.mark == DoctorFinding::Mark::missing);
    }
    const std::string text = json ? asJson(findings) : asText(findings);
    const int delivered = deliver(json.value_or(std::string{}), text);
    if (delivered != exitPass) return delivered;
    return able ? exitPass : exitDevice;
}

}  // namespace jh
