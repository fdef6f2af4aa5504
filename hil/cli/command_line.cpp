// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "hil/cli/commands.h"
#include "hil/cli/firmware_line.h"
#include "hil/cli/suite_line.h"
#include "hil/cli/wire_line.h"

namespace jh {

namespace {

/// `--json` alone is stdout; the text stays apart from "not asked for" until the line is read.
struct JsonOption {
    CLI::Option* option{};
    std::string file;
    JsonOutput output() const { return option->count() > 0 ? JsonOutput{file} : std::nullopt; }
};

void addJson(CLI::App& command, JsonOption& json) {
    json.option =
        command.add_option("--json", json.file, "As JSON, to a file or to stdout")->expected(0, 1);
}

/// What `run` and `report` have in common. `--html` alone is beside the record.
struct ReportOptions {
    CLI::Option *html{}, *pdf{};
    std::string htmlName, pdfName, form{"auto"};

    void add(CLI::App& command, ReportChoice& choice) {
        html =
            command
                .add_option("--html", htmlName, "HTML report: file, folder, or beside the record")
                ->expected(0, 1);
        pdf = command
                  .add_option("--pdf", pdfName,
                              "Printed form as PDF: file, folder, or beside the record")
                  ->expected(0, 1);
        command.add_option("--form", form, "Form of the PDF; auto: what the regulation asks for")
            ->check(CLI::IsMember(formNames()))
            ->capture_default_str();
        command.add_flag("--hide-truth", choice.hideTruth,
                         "HTML that opens and prints without the ground truth");
    }
    void take(ReportChoice& choice, const std::string& language) const {
        if (html->count() > 0) choice.html = htmlName;
        if (pdf->count() > 0) choice.pdf = pdfName;
        choice.form = formNamed(form);
        choice.language = language == "zh" ? Language::zh : Language::en;
    }
};

/// `--json a.yaml b.yaml` would take the first scenario for the output file.
void refuseYaml(const std::string& option, const std::string& file) {
    if (file.ends_with(".yaml") || file.ends_with(".yml")) {
        throw CLI::ValidationError(option,
                                   "would overwrite " + file + "; put options after the scenarios");
    }
}

/// The same for records.
void refuseRecord(const std::string& option, const std::string& file) {
    if (file.ends_with(".json")) {
        throw CLI::ValidationError(option,
                                   "would overwrite " + file + "; put options after the records");
    }
}

/// Everything that can stand on the line, in one place.
struct CommandLine {
    CLI::App app{"Jianheng: verifies simulated and real truck scales by legal procedures",
                 "jianheng"};
    int exitCode{exitPass};
    RunArguments run;
    PlanArguments plan;
    DetectArguments detect;
    RiskArguments risk;
    SimulateArguments simulate;
    ProbeArguments probe;
    ReportArguments report;
    ReportOptions runReports, recordReports;
    std::string reportLanguage{"en"}, markdownName;
    ListArguments list;
    std::vector<std::string> checkFiles;
    std::string record;
    SuiteLine suite{app, exitCode};
    WireLine wire{app, exitCode};
    FirmwareLine firmware{app, exitCode};
    JsonOption runJson, probeJson, listJson;

    CommandLine() {
        app.require_subcommand(1);
        app.footer(
            "Examples:\n"
            "  jianheng run verifications/100t-jjg539-initial.yaml\n"
            "  jianheng run my-scale.yaml --lang zh --out records --junit result.xml\n"
            "  jianheng suite suites/smoke.yaml --resume\n"
            "  jianheng simulate scenes/drive-on-49t-leaf.yaml --out signals\n"
            "  jianheng check my-scale.yaml\n"
            "  jianheng probe scales/100t-18x3-8c.yaml --load \"10 t @ 5.0 0.9\"\n"
            "  jianheng report records/100t-jjg539-initial.json --html --pdf --lang zh\n"
            "  jianheng replay records/100t-jjg539-initial.json\n"
            "  jianheng serve indicators/laumas.yaml --tcp 127.0.0.1:1502\n"
            "  jianheng list scenarios\n"
            "\n"
            "Exit codes: 0 pass or as expected, 1 fail, 2 bad input, 3 device, 4 invalid, 130 "
            "interrupted");
        addRun();
        addPlan();
        addDetect();
        addRisk();
        firmware.add();
        suite.add();
        addSimulate();
        addCheck();
        addProbe();
        addReport();
        addReplay();
        wire.add();
        addList();
        app.add_subcommand("version", "Version and commit of this program")->callback([this] {
            exitCode = versionCommand();
        });
    }

    void addLanguage(CLI::App& command, std::string& language) {
        command.add_option("--lang,--language", language, "Language of what is printed")
            ->check(CLI::IsMember({"en", "zh"}))
            ->capture_default_str();
    }

    void addRun() {
        CLI::App* c = app.add_subcommand("run", "Run verification scenarios");
        c->add_option("SCENARIO", run.scenarios, "Scenario files, or names within the shipped data")
            ->required();
        c->add_option("--out", run.out, "Folder for records: NAME.json and NAME.timing.json")
            ->capture_default_str();
        addJson(*c, runJson);
        c->add_option("--junit", run.junit, "Write JUnit XML, one case per test");
        c->add_option("--seed", run.seed, "Seed instead of the scenario's");
        c->add_option("--wire", run.wire,
                      "How the bytes travel, instead of the scenario's: virtual, within the "
                      "simulation; pty, RTU in real time; tcp")
            ->check(CLI::IsMember({"virtual", "pty", "tcp"}));
        c->add_flag("--verify", run.verify, "Run twice and name the first state that differs");
        c->add_option("--frames", run.frames,
                      "Write every Modbus frame with its times (JSON lines)");
        c->add_option("--vcd", run.vcd,
                      "Write the signals of the emulated firmware's board for GTKWave");
        c->add_option("--coverage", run.coverage,
                      "Write which lines of an AVR firmware's source were executed, for lcov");
        c->add_option("--gdb-on-fail", run.debugPort,
                      "At the first check that fails stop the emulated firmware and wait for a "
                      "debugger, at this port of 127.0.0.1")
            ->check(CLI::Range(1, 65'535));
        runReports.add(*c, run.reports);
        addLanguage(*c, run.language);
        c->add_flag("--quiet", run.quiet, "No table and no progress, only the verdict");
        c->footer(
            "Examples:\n"
            "  jianheng run verifications/100t-jjg539-initial.yaml\n"
            "  jianheng run a.yaml b.yaml --quiet --junit result.xml\n"
            "  jianheng run a.yaml --lang zh --html --pdf\n"
            "  jianheng run a.yaml --seed 7 --json | python3 -m json.tool\n"
            "  jianheng run with-my-firmware.yaml --gdb-on-fail 1234\n"
            "  jianheng run with-my-firmware.yaml --coverage firmware.info");
        c->callback([this] {
            run.json = runJson.output();
            runReports.take(run.reports, run.language);
            refuseYaml("--html", runReports.htmlName);
            refuseYaml("--pdf", runReports.pdfName);
            refuseYaml("--json", runJson.file);
            refuseYaml("--junit", run.junit);
            refuseYaml("--frames", run.frames);
            refuseYaml("--vcd", run.vcd);
            refuseYaml("--coverage", run.coverage);
            const std::string port = run.debugPort == 0 ? "" : std::to_string(run.debugPort);
            for (const auto& [option, file] :
                 {std::pair{"--frames", run.frames}, {"--vcd", run.vcd}, {"--gdb-on-fail", port}}) {
                if (run.scenarios.size() < 2 || file.empty()) continue;
                throw CLI::ValidationError(option, "takes one scenario at a time");
            }
            exitCode = runCommand(run);
        });
    }

    void addStudy(CLI::App& c, std::string& scenario, std::string& out, int& jobs, bool& quiet) {
        c.add_option("--scenario", scenario, "Healthy scale and procedure")->capture_default_str();
        c.add_option("--out", out, "Folder for cases and results; a study that was stopped goes on")
            ->capture_default_str();
        c.add_option("-j,--jobs", jobs, "Verifications at a time; else one for each core")
            ->check(CLI::Range(1, 10'000));
        c.add_flag("--quiet", quiet, "No progress");
    }

    void addDetect() {
        CLI::App* c = app.add_subcommand(
            "detect",
            "Which test catches which fault of the catalogue, and how often none is there");
        addStudy(*c, detect.scenario, detect.out, detect.jobs, detect.quiet);
        c->add_option("--digital-scenario", detect.digitalScenario,
                      "The same with digital cells, for faults that only those have")
            ->capture_default_str();
        c->add_option("--fault", detect.faults, "Only this fault; may be given again")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        c->add_option("--healthy", detect.healthy, "Healthy scales, for false alarms")
            ->check(CLI::Range(0, 1'000'000))
            ->capture_default_str();
        c->add_flag("--healthy-only", detect.healthyOnly, "No faults, only false alarms");
        addLanguage(*c, detect.language);
        c->footer(
            "Examples:\n"
            "  jianheng detect --out matrix\n"
            "  jianheng detect --fault edge_mud --fault rain --healthy 0\n"
            "  jianheng detect --healthy-only --healthy 1000\n"
            "Written: detection.html, detection.json, detection.txt");
        c->callback([this] { exitCode = detectCommand(detect); });
    }

    void addRisk() {
        CLI::App* c = app.add_subcommand(
            "risk", "How often a procedure passes bad scales and fails good ones");
        addStudy(*c, risk.scenario, risk.out, risk.jobs, risk.quiet);
        c->add_option("--scales", risk.scales, "Scales as found, for each condition")
            ->check(CLI::Range(1, 1'000'000))
            ->capture_default_str();
        c->add_option("--spread", risk.spread,
                      "Part of the errors of scales as found; 0.1: soon after an adjustment")
            ->check(CLI::Range(0.001, 10.0))
            ->capture_default_str();
        c->add_option("--weights", risk.weights_t, "Tonnes of weights: --weights 10 --weights 20")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        c->add_option("--wind", risk.winds_m_s, "Mean wind, m/s: --wind 0 --wind 4")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        addLanguage(*c, risk.language);
        c->footer(
            "Examples:\n"
            "  jianheng risk --scales 500 --weights 10 --weights 20\n"
            "  jianheng risk --scales 500 --weights 10 --weights 20 --spread 0.1\n"
            "  jianheng risk --scenario verifications/60t-jjg539-initial.yaml --wind 0 --wind 4\n"
            "Written: risk.html, risk.json, risk.txt");
        c->callback([this] { exitCode = riskCommand(risk); });
    }

    void addPlan() {
        CLI::App* c = app.add_subcommand(
            "plan", "The loads of a scenario's weighing test, and whether the weights do for them");
        c->add_option("SCENARIO", plan.scenario, "Scenario file, or name within the shipped data")
            ->required();
        addLanguage(*c, plan.language);
        c->footer(
            "Examples:\n"
            "  jianheng plan verifications/100t-jjg539-initial.yaml\n"
            "  jianheng plan my-scale.yaml --lang zh\n"
            "\n"
            "Exit codes: 0 it can be done, 1 it cannot (the table says why), 2 bad input");
        c->callback([this] { exitCode = planCommand(plan); });
    }

    void addSimulate() {
        CLI::App* c = app.add_subcommand("simulate",
                                         "Play a scene without a procedure and write the signals");
        c->add_option("SCENE", simulate.scene, "Scene file, or a name within the shipped data")
            ->required();
        c->add_option(
            "--out", simulate.out,
            "Folder for NAME.h5, NAME.csv and NAME.svg; jianheng-out when no file is named");
        c->add_option("--h5", simulate.h5, "Write all signals as HDF5");
        c->add_option("--csv", simulate.csv, "Write the signals at the conversion rate as CSV");
        c->add_option("--plot", simulate.plot, "Write a plot of the loads as SVG");
        c->add_option("--seed", simulate.seed, "Seed instead of the scene's");
        c->add_flag("--quiet", simulate.quiet, "No progress, no list of files");
        c->footer(
            "Examples:\n"
            "  jianheng simulate scenes/drive-on-49t-leaf.yaml\n"
            "  jianheng simulate my-scene.yaml --h5 run.h5 --plot run.svg --seed 7");
        c->callback([this] {
            refuseYaml("--h5", simulate.h5);
            refuseYaml("--csv", simulate.csv);
            refuseYaml("--plot", simulate.plot);
            if (!simulate.plot.empty() && !simulate.plot.ends_with(".svg")) {
                throw CLI::ValidationError("--plot", "writes SVG only: expected a name in .svg");
            }
            exitCode = simulateCommand(simulate);
        });
    }

    void addCheck() {
        CLI::App* c = app.add_subcommand(
            "check", "Validate scenario, scene, scale, regulation, indicator and board files");
        c->add_option("FILE", checkFiles,
                      "Files; their kind stands in them. A program is run on the board before it")
            ->required();
        c->footer(
            "Examples:\n"
            "  jianheng check my-scale.yaml my-scenario.yaml\n"
            "  jianheng check my-board.yaml my-firmware.elf");
        c->callback([this] { exitCode = checkCommand(checkFiles); });
    }

    void addProbe() {
        CLI::App* c =
            app.add_subcommand("probe", "What each cell feels and the terminals see, at rest");
        c->add_option("SCALE", probe.scale, "Scale file")->required();
        c->add_option("--load", probe.loads,
                      "Load: mass @ x y; x in m from the deck's first end, y in m from the centre "
                      "line, left positive")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        c->add_option("--vehicle", probe.vehicles,
                      "Parked vehicle: file @ front axle in m, then lateral place, then `reverse` "
                      "for a nose against x")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        c->add_option("--fault", probe.faults,
                      "Fault of the catalogue, or a kind, then its sizes: ID key=value key=value")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        c->add_option("--site", probe.site, "Site file: gravity, and what lies on the deck");
        addJson(*c, probeJson);
        c->footer(
            "Examples:\n"
            "  jianheng probe scales/100t-18x3-8c.yaml --load \"10 t @ 5.0 0.9\"\n"
            "  jianheng probe scales/100t-18x3-8c.yaml --vehicle \"vehicles/china-6axle-49t.yaml @ "
            "15.8\"\n"
            "  jianheng probe my-scale.yaml --load \"10 t @ 9 0\" --fault \"stone_under_girder "
            "gap=0mm\"\n"
            "  jianheng probe my-scale.yaml --load \"7 t @ 1.0 0\" --load \"9 t @ 4.3 0\" --json");
        c->callback([this] {
            probe.json = probeJson.output();
            exitCode = probeCommand(probe);
        });
    }

    void addReport() {
        CLI::App* c = app.add_subcommand("report", "Make reports and forms of stored records");
        c->add_option("RECORD", report.records, "Records (JSON) of earlier runs")->required();
        recordReports.add(*c, report.reports);
        CLI::Option* markdown =
            c->add_option("--markdown", markdownName,
                          "Summary of all records for a pull request, to a file or to stdout")
                ->expected(0, 1);
        c->add_option("--junit", report.junit, "Write JUnit XML, one case per test");
        addLanguage(*c, reportLanguage);
        c->footer(
            "Without any of these the table of `run` is printed again.\n"
            "Examples:\n"
            "  jianheng report jianheng-out/100t-jjg539-initial.json --html --pdf\n"
            "  jianheng report a.json --pdf a-sheets.pdf --form r76-2 --lang zh\n"
            "  jianheng report records/*.json --html pages --markdown summary.md --junit all.xml");
        c->callback([this, markdown] {
            recordReports.take(report.reports, reportLanguage);
            if (markdown->count() > 0) report.markdown = markdownName;
            refuseRecord("--html", recordReports.htmlName);
            refuseRecord("--pdf", recordReports.pdfName);
            refuseRecord("--markdown", markdownName);
            refuseRecord("--junit", report.junit);
            exitCode = reportCommand(report);
        });
    }

    void addReplay() {
        CLI::App* c =
            app.add_subcommand("replay", "Run a record again and name the first difference");
        c->add_option("RECORD", record, "Record (JSON) of an earlier run")->required();
        c->footer("Example:\n  jianheng replay jianheng-out/100t-jjg539-initial.json");
        c->callback([this] { exitCode = replayCommand(record); });
    }

    void addList() {
        CLI::App* c = app.add_subcommand("list", "List what is shipped");
        c->add_option("WHAT", list.what,
                      "scales, sites, vehicles, weights, test-trucks, indicators, procedures, "
                      "faults, scenes, scenarios or suites")
            ->required()
            ->check(CLI::IsMember({"scales", "sites", "vehicles", "weights", "test-trucks",
                                   "indicators", "procedures", "faults", "scenes", "scenarios",
                                   "suites"}));
        addLanguage(*c, list.language);
        addJson(*c, listJson);
        c->footer("Example:\n  jianheng list faults");
        c->callback([this] {
            list.json = listJson.output();
            exitCode = listCommand(list);
        });
    }
};

}  // namespace

int runCommandLine(int argc, char** argv) {
    try {
        CommandLine line;
        try {
            line.app.parse(argc, argv);
        } catch (const CLI::Success& help) {
            return line.app.exit(help);
        } catch (const CLI::ParseError& error) {
            line.app.exit(error);
            return exitBadInput;
        }
        return line.exitCode;
    } catch (const std::exception& error) {
        std::cerr << "jianheng: " << error.what() << "\n";
        return exitDevice;
    }
}

}  // namespace jh
