// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/start_firmware.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "hil/cli/power_on.h"
#include "hil/loop/host_process.h"
#include "sim/base/check.h"

namespace jh {

Expected<std::unique_ptr<RemoteHost>, std::string> startFirmware(const Scenario& scenario,
                                                                 FirmwareReport& report,
                                                                 const std::filesystem::path& vcd,
                                                                 bool coverage) {
    JH_CHECK(scenario.firmware.has_value());
    const FirmwareModel& model = *scenario.firmware;
    report.host = model.board.host;
    auto process = HostProcess::start(besideThisProgram("jianheng-" + model.board.host));
    if (!process) return Unexpected<std::string>{process.error()};
    report.process = (*process)->pid();
    RemoteFirmware firmware{linesOf(model.board), model.file.string(), {}, {}};
    firmware.coverage = coverage;
    if (model.board.uart) firmware.byteTime = model.board.uart->character();
    if (model.memory == FirmwareModel::Memory::works) {
        firmware.nonvolatile =
            worksMemory(scenario.scale, scenario.settings, scenario.indicator, scenario.faults);
    }
    auto host = RemoteHost::start(std::move(*process), firmware);
    if (!host) return host;
    if (!vcd.empty()) report.vcd.emplace(vcd, model.board);
    (*host)->onEvent = [&report, remote = host->get()](const BoardEvent& event) {
        if (event.kind == BoardEvent::Kind::notice) report.notices.push_back(event);
        if (event.kind == BoardEvent::Kind::display) report.display = event.name;
        if (event.kind == BoardEvent::Kind::lost) report.lost = event.name;
        if (!report.vcd) return;
        report.vcd->upTo(remote->reached());
        report.vcd->event(event);
    };
    if (report.vcd) {
        (*host)->onOrder = [&report](std::string_view word, SimTime at, std::string_view rest) {
            report.vcd->order(word, at, rest);
        };
    }
    return host;
}

bool finishFirmware(RemoteHost& host, FirmwareReport& report) {
    report.figures = host.figures();
    if (host.lost() && report.lost.empty()) report.lost = *host.lost();
    return !report.vcd || report.vcd->finish(host.reached());
}

std::string firmwareJson(const FirmwareReport& report) {
    nlohmann::ordered_json json;
    json["host"] = report.host;
    const BoardFigures& f = report.figures;
    json["cycles"] = f.cycles;
    json["asleep_cycles"] = f.asleep;
    json["conversions"] = f.converted;
    json["conversions_read"] = f.taken;
    json["nonvolatile_writes"] = f.nonvolatileWrites;
    json["resets"] = f.resets;
    json["lateness_ns"] = f.lateness.count();
    if (f.leastStackFree) json["least_stack_free_bytes"] = *f.leastStackFree;
    if (!report.display.empty()) json["display"] = report.display;
    if (!report.lost.empty()) json["lost"] = report.lost;
    json["notices"] = nlohmann::ordered_json::array();
    for (const BoardEvent& notice : report.notices) {
        json["notices"].push_back({{"t_s", seconds(notice.at)}, {"what", notice.name}});
    }
    return json.dump();
}

}  // namespace jh
