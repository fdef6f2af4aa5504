// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/wire_line.h"

#include <CLI/CLI.hpp>

namespace jh {

namespace {

const std::vector<std::string>& formatNames() {
    static const std::vector<std::string> names{"8E1", "8O1", "8N2", "8N1"};
    return names;
}

CharacterFormat formatNamed(const std::string& name) {
    const auto& names = formatNames();
    return static_cast<CharacterFormat>(std::find(names.begin(), names.end(), name) -
                                        names.begin());
}

CLI::Option* many(CLI::App* c, const std::string& name, std::vector<std::string>& into,
                  const std::string& text) {
    return c->add_option(name, into, text)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void addCharacters(CLI::App* c, std::optional<int>& baud, std::string& format) {
    c->add_option("--baud", baud, "Baud rate instead of the profile's")
        ->check(CLI::IsMember({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200}));
    c->add_option("--format", format, "Characters on serial lines")
        ->check(CLI::IsMember(formatNames()))
        ->capture_default_str();
}

void addPlace(CLI::App* c, WirePlace& place, std::string& format) {
    c->add_option("--tcp", place.tcp, "Modbus TCP: host or address, and port (else 502)");
    c->add_option("--rtu", place.rtu, "RTU on this serial device");
    c->add_option("--rtu-over-tcp", place.rtuOverTcp, "RTU frames over TCP: host and port");
    c->add_option("--unit", place.unit, "Unit id instead of the profile's")
        ->check(CLI::Range(1, 255));
    addCharacters(c, place.baud, format);
}

SimTime milliseconds(double ms) {
    return std::chrono::microseconds{static_cast<std::int64_t>(ms * 1000.0)};
}

}  // namespace

void WireLine::add() {
    addServe();
    addRead();
    addMonitor();
    addDoctor();
    addConform();
    addCalibrateSource();
}

void WireLine::addServe() {
    CLI::App* c = app_.add_subcommand(
        "serve", "Simulated indicators on real wires: Modbus TCP, RTU, RTU over TCP");
    c->add_option("PROFILE", serve_.profiles, "Indicator profiles; each becomes a station")
        ->required();
    many(c, "--tcp", serve_.tcp,
         "Modbus TCP at this address; without a host only this machine is served, port 0: any "
         "free one");
    many(c, "--rtu-over-tcp", serve_.rtuOverTcp, "RTU frames over TCP at this address");
    many(c, "--rtu", serve_.rtu, "RTU on this serial device");
    c->add_option("--pty", serve_.ptys,
                  "RTU on so many pseudo terminals, whose names are printed; bytes take the time "
                  "of the baud rate")
        ->check(CLI::Range(1, 64));
    addCharacters(c, serve_.baud, serveFormat_);
    c->add_flag("--rs485", serve_.rs485, "The kernel switches the direction of an RS-485 driver");
    c->add_option("--adapter-latency", serveLatency_ms_,
                  "ms that a USB adapter may hold bytes back (FTDI: 16)")
        ->check(CLI::Range(0.0, 1000.0));
    c->add_option("--station", serve_.station, "Unit id instead of the profile's")
        ->check(CLI::Range(1, 247));
    c->add_option("--count", serve_.count, "So many of each profile, on as many ports as needed")
        ->check(CLI::Range(1, 20'000));
    c->add_flag("--allow-write", serve_.allowWrite, "Other machines may write, not only read");
    c->add_flag("--each-cell", serve_.eachCell,
                "Each digital cell of the scale is a station by itself: unit ids from 1 on in the "
                "order of the cells, its own signal only, dead load included");
    c->add_option("--scale", serve_.scale,
                  "Scale that they stand on, in place of 100t-18x3-8c.yaml (with --each-cell: "
                  "100t-18x3-8c-digital.yaml) or of the scale that is played");
    c->add_option("--site", serve_.site, "Site file: gravity, weather");
    c->add_option("--play", serve_.play,
                  "Scene: its loads, faults and weather happen by the clock from the beginning on. "
                  "Scenario: its faults, weather, settings and line faults");
    c->add_option("--source", serve_.source,
                  "Signal source profile: it becomes a station too, and feeds the indicators in "
                  "place of their scales");
    many(c, "--load", serve_.loads, "What lies there first: mass @ x y, as for `probe`");
    many(c, "--vehicle", serve_.vehicles, "What stands there first: file @ front axle");
    many(c, "--fault", serve_.faults, "Fault of the catalogue with its sizes");
    many(c, "--line-fault", serve_.lineFaults,
         "Fault of the lines: \"late_reply delay=200ms station=3 share=20%\"");
    c->add_option("--seed", serve_.seed,
                  "Seed of the first in place of 1 or of the one played; each further one has the "
                  "next");
    c->add_option("--pcap", serve_.pcap, "Every frame to this file, for Wireshark");
    c->add_flag("--quiet", serve_.quiet, "Says nothing but answers to orders");
    c->footer(
        "Orders on stdin while it runs, one a line; `help` lists them: load 20 t @ 9.0, unload,\n"
        "vehicle FILE @ 15.8, supply off, line wrong_crc share=5%, show, after 10 s unload, "
        "quit.\n\n"
        "Examples:\n"
        "  jianheng serve indicators/laumas.yaml --tcp 127.0.0.1:1502\n"
        "  jianheng serve indicators/jh-r1.yaml --pty 1 --load \"20 t @ 9.0\"\n"
        "  jianheng serve indicators/flintec-ft11x.yaml --rtu /dev/ttyUSB0 --baud 19200 --format "
        "8E1\n"
        "  jianheng serve indicators/laumas.yaml --tcp 127.0.0.1:2000 --count 2000\n"
        "  jianheng serve indicators/jh-dc1.yaml --each-cell --rtu /dev/ttyUSB0\n"
        "  jianheng serve indicators/laumas.yaml --tcp 1502 --play scenes/drive-on-49t-leaf.yaml");
    c->callback([this] {
        serve_.format = formatNamed(serveFormat_);
        serve_.adapterLatency = milliseconds(serveLatency_ms_);
        exitCode_ = serveCommand(serve_);
    });
}

void WireLine::addRead() {
    CLI::App* c = app_.add_subcommand("read", "Live values of an indicator");
    c->add_option("PROFILE", read_.profile, "Indicator profile: its register map")->required();
    addPlace(c, read_.place, readFormat_);
    c->add_option("--every", read_.every, "Time between readings, at least 250 ms")
        ->capture_default_str();
    c->add_option("--count", read_.count, "So many attempts, then the end")
        ->check(CLI::Range(1, 1'000'000'000));
    c->add_option("--patience", read_.patience, "Ends after so long without a reading")
        ->capture_default_str();
    c->add_option("--scale", read_.scale,
                  "Scale file for what stands on the plate only: unit, Max, d");
    c->add_flag("--csv", read_.csv, "A row for each attempt");
    c->add_flag("--json", read_.json, "A JSON object on a line for each attempt");
    c->footer(
        "Examples:\n"
        "  jianheng read indicators/laumas.yaml --tcp 192.168.1.20\n"
        "  jianheng read indicators/jh-r1.yaml --rtu /dev/ttyUSB0 --baud 19200 --format 8E1\n"
        "  jianheng read indicators/laumas.yaml --rtu-over-tcp gateway:4001 --unit 3 --every 1s\n"
        "  jianheng read indicators/laumas.yaml --tcp 127.0.0.1:1502 --csv --count 240 > hour.csv");
    c->callback([this] {
        read_.place.format = formatNamed(readFormat_);
        exitCode_ = readCommand(read_);
    });
}

void WireLine::addMonitor() {
    CLI::App* c = app_.add_subcommand(
        "monitor", "What others say to each other: every frame with its registers by name");
    c->add_option("--rtu", monitor_.rtu, "Listens on this serial device and never sends");
    c->add_option("--tcp", monitor_.tcp,
                  "Listens here and passes everything on to --to; port 0: any free one");
    c->add_option("--to", monitor_.to, "The Modbus TCP device: host and port (else 502)");
    many(c, "--profile", monitor_.profiles,
         "Names of registers; FILE=UNIT for another unit id than the file's. A single one holds "
         "for all units");
    addCharacters(c, monitor_.baud, monitorFormat_);
    c->add_option("--adapter-latency", monitorLatency_ms_,
                  "ms that a USB adapter may hold bytes back (FTDI: 16)")
        ->check(CLI::Range(0.0, 1000.0))
        ->capture_default_str();
    c->add_option("--pcap", monitor_.pcap, "Every frame to this file, for Wireshark");
    c->add_option("--csv", monitor_.csv, "Every frame as a row of this file");
    c->add_option("--count", monitor_.count, "So many frames, then the end")
        ->check(CLI::Range(1, 1'000'000'000));
    c->add_flag("--quiet", monitor_.quiet, "Frames go to files only");
    c->footer(
        "Examples:\n"
        "  jianheng monitor --rtu /dev/ttyUSB1 --baud 19200 --profile indicators/laumas.yaml\n"
        "  jianheng monitor --tcp 0.0.0.0:1502 --to 192.168.1.20 --profile indicators/laumas.yaml\n"
        "  jianheng monitor --rtu /dev/ttyUSB1 --profile indicators/laumas.yaml=3 \\\n"
        "      --profile indicators/jh-r1.yaml=4 --pcap line.pcapng --csv line.csv");
    c->callback([this] {
        monitor_.format = formatNamed(monitorFormat_);
        monitor_.adapterLatency = milliseconds(monitorLatency_ms_);
        exitCode_ = monitorCommand(monitor_);
    });
}

void WireLine::addDoctor() {
    CLI::App* c = app_.add_subcommand(
        "doctor", "What this machine has for benches and indicators, and what is missing");
    CLI::Option* json =
        c->add_option("--json", doctorJson_, "As JSON, to a file or to stdout")->expected(0, 1);
    c->footer("Example:\n  jianheng doctor");
    c->callback([this, json] {
        exitCode_ = doctorCommand(json->count() > 0 ? JsonOutput{doctorJson_} : JsonOutput{});
    });
}

void WireLine::addConform() {
    CLI::App* c = app_.add_subcommand(
        "conform", "A real or simulated indicator against its profile: what it answers, and when");
    c->add_option("PROFILE", conform_.profile, "Indicator profile")->required();
    c->add_option("--tcp", conform_.tcp, "Modbus TCP at this address and port");
    c->add_option("--rtu", conform_.rtu, "RTU on this serial device");
    c->add_option("--unit", conform_.unit, "Unit id instead of the profile's")
        ->check(CLI::Range(0, 255));
    c->add_option("--baud", conform_.baud, "Baud rate instead of the profile's")
        ->check(CLI::IsMember({1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200}));
    c->add_option("--format", conformFormat_, "Characters on the serial line")
        ->check(CLI::IsMember(formatNames()))
        ->capture_default_str();
    c->add_option("--scale", conform_.scale, "Its rating plate: Max, e, unit")
        ->capture_default_str();
    c->add_flag("--write", conform_.write,
                "Commands and writes too, which CHANGE the instrument: zero, tare, an "
                "unknown code");
    c->add_option("--step", conform_.step,
                  "Waits so long, as 30s, for somebody to change the load, and times the filter");
    c->add_option("--watch", conform_.watch, "So long the update rate is watched for")
        ->capture_default_str();
    CLI::Option* json =
        c->add_option("--json", conformJson_, "As JSON, to a file or to stdout")->expected(0, 1);
    c->add_option("--html", conform_.html, "As a page for people, to this file");
    c->add_flag("--quiet", conform_.quiet, "No table");
    c->footer(
        "Reads only, unless --write is given. Ends with 0 when nothing differs, 1 when "
        "something\n"
        "does, 3 when the device is lost.\n\n"
        "Examples:\n"
        "  jianheng conform indicators/laumas.yaml --tcp 192.168.0.50:502 --html "
        "laumas.html\n"
        "  jianheng conform indicators/flintec-ft10.yaml --rtu /dev/ttyUSB0 --format 8E1 "
        "--step "
        "30s");
    c->callback([this, json] {
        conform_.format = formatNamed(conformFormat_);
        if (json->count() > 0) conform_.json = conformJson_;
        exitCode_ = conformCommand(conform_);
    });
}

void WireLine::addCalibrateSource() {
    CLI::App* c = app_.add_subcommand(
        "calibrate-source", "A signal source against a reference instrument: its offset and gain");
    c->add_option("PROFILE", calibrate_.profile, "Profile of the signal source")->required();
    addPlace(c, calibrate_.place, calibrateFormat_);
    c->add_option("--points", calibrate_.points,
                  "Points over its range, gone through up and down again")
        ->check(CLI::Range(2, 1000))
        ->capture_default_str();
    c->add_option("--settle", calibrate_.settle,
                  "Waits so long after each change; else the profile's settling");
    CLI::Option* readings = c->add_option("--readings", calibrate_.readings,
                                          "CSV of what was asked for and what the reference read, "
                                          "taken before: \"asked,read\" a row, "
                                          "in mV/V. Nothing is driven");
    c->add_flag("--read-back", calibrate_.readBack,
                "A simulated source tells what is at its terminals, and how fast it settles")
        ->excludes(readings);
    c->add_option("--reference-uncertainty", calibrate_.referenceUncertainty,
                  "Standard uncertainty of the reference, relative: \"10 ppm\"");
    c->add_option("--by", calibrate_.by, "Who calibrates, for the profile");
    c->add_option("--reference", calibrate_.reference,
                  "What it is traced to, for the profile: instrument, certificate");
    c->add_option("--date", calibrate_.date, "Day of the readings, as 2026-03-10; else today");
    c->add_option("--out", calibrate_.out, "Writes the profile with what was found to this file");
    c->footer(
        "Readings are typed as they are asked for: 1.00002, 1.00002 mV/V or 0.00100002 V/V;\n"
        "`back` reads the point before again. The source is driven to its safe value at the end,\n"
        "also after Ctrl-C.\n\n"
        "Examples:\n"
        "  jianheng calibrate-source my-source.yaml --rtu /dev/ttyUSB1 --reference-uncertainty "
        "\"10 ppm\" \\\n"
        "      --reference \"multimeter 1234, certificate 26-077\" --by \"our workshop\" --out "
        "calibrated.yaml\n"
        "  jianheng calibrate-source my-source.yaml --readings sheet.csv\n"
        "  jianheng calibrate-source sources/bridge-simulator-24bit.yaml --tcp 127.0.0.1:1502 "
        "--read-back");
    c->callback([this] {
        calibrate_.place.format = formatNamed(calibrateFormat_);
        exitCode_ = calibrateSourceCommand(calibrate_);
    });
}

}  // namespace jh
