// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/firmware_line.h"

#include <CLI/CLI.hpp>

namespace jh {

void FirmwareLine::add() {
    addPlay();
    addExamine();
    addMutants();
    addDiff();
}

void FirmwareLine::addDiff() {
    CLI::App* c = app_.add_subcommand(
        "diff", "What differs between two firmwares with the same signal, or between two records");
    c->add_option("A", diff_.first, "Program (ELF, HEX, .so) or record (.json)")->required();
    c->add_option("B", diff_.second, "The same of the other one")->required();
    c->add_option("--scenario", diff_.scenario, "What both are taken through; A is answered with")
        ->capture_default_str();
    c->add_option("--board", diff_.board,
                  "Board file; else the scenario's, for .so the native one");
    c->add_option("--memory", diff_.memory, "As the program file has it, or as the works leave it")
        ->check(CLI::IsMember({"image", "works"}))
        ->capture_default_str();
    auto* json =
        c->add_option("--json", diffJson_, "As JSON, to a file or to stdout")->expected(0, 1);
    c->add_option("--html", diff_.html, "As one page with plots");
    c->add_flag("--quiet", diff_.quiet, "No progress");
    c->footer(
        "Examples:\n"
        "  jianheng diff v1.elf v2.elf --board my-board.yaml --html diff.html\n"
        "  jianheng diff v1.so v2.so --scenario verifications/100t-r76-type.yaml\n"
        "  jianheng diff records/a.json records/b.json\n"
        "● is legally relevant. Exit codes: 0 nothing legally relevant differs, 1 something does");
    c->callback([this, json] {
        if (json->count() > 0) diff_.json = diffJson_;
        exitCode_ = diffCommand(diff_);
    });
}

void FirmwareLine::addPlay() {
    CLI::App* c = app_.add_subcommand(
        "play", "A firmware on its board while a scene is played: what it sends, shows and does");
    c->add_option("BOARD", play_.board, "Board file")->required();
    c->add_option("PROGRAM", play_.program, "ELF, HEX or .so")->required();
    c->add_option("--scene", play_.scene, "What happens on the scale")->capture_default_str();
    c->add_option("--for", play_.span, "Simulated time; else as long as the scene");
    c->add_option("--press", play_.press, "A button and when: zero@5s; may be given again")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    c->add_option("--type", play_.type, "Bytes to its UART and when: 'T\\r\\n@5s'")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    c->add_option("--vcd", play_.vcd, "Signals of the board to this file, for GTKWave");
    c->footer(
        "Examples:\n"
        "  jianheng play my-board.yaml my-firmware.elf --for 20s\n"
        "  jianheng play my-board.yaml sketch.ino.hex --scene scenes/drive-on-49t-air.yaml --press "
        "tare@3s\n"
        "Exit codes: 0 played, 2 bad input, 3 the firmware is lost, 130 stopped");
    c->callback([this] { exitCode_ = playCommand(play_); });
}

void FirmwareLine::addExamine() {
    CLI::App* c = app_.add_subcommand(
        "examine", "What a scenario's firmware does beside weighing: wire, seal, supply, limits");
    c->add_option("SCENARIO", examine_.scenario, "Scenario file, or a name within the shipped data")
        ->required();
    c->add_option("--power-fails", examine_.powerFails,
                  "So often the supply goes while an adjustment is saved")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    c->add_option("--seed", examine_.seed, "Of the moments at which it goes")
        ->capture_default_str();
    auto* json =
        c->add_option("--json", examineJson_, "As JSON, to a file or to stdout")->expected(0, 1);
    c->add_option("--html", examine_.html, "As one page for people");
    c->add_flag("--quiet", examine_.quiet, "No progress and no text");
    c->footer(
        "Examples:\n"
        "  jianheng examine verifications/100t-firmware.yaml\n"
        "  jianheng examine my-indicator.yaml --power-fails 200 --html examination.html\n"
        "Exit codes: 0 all as it should be, 1 something differs, 2 bad input, 3 the firmware is "
        "lost");
    c->callback([this, json] {
        if (json->count() > 0) examine_.json = examineJson_;
        exitCode_ = examineCommand(examine_);
    });
}

void FirmwareLine::addMutants() {
    CLI::App* c =
        app_.add_subcommand("mutants", "Which examination notices which defect of a firmware");
    c->add_option("FILE", mutants_.file, "Mutants file; else that of the reference firmware");
    c->add_option("--only", mutants_.only, "Only this defect; may be given again")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    c->add_flag("--build", mutants_.buildOnly, "Only compile them, into OUT/programs");
    c->add_option("--seeds", mutants_.seeds, "Runs of the unchanged firmware, for false alarms")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    c->add_option("--out", mutants_.out,
                  "Folder for programs, cases and results; a study that was stopped goes on")
        ->capture_default_str();
    c->add_option("-j,--jobs", mutants_.jobs, "Runs at a time; else one for each core")
        ->check(CLI::Range(1, 10'000));
    c->add_option("--lang", mutants_.language, "Language of the page")
        ->check(CLI::IsMember({"en", "zh"}))
        ->capture_default_str();
    c->add_flag("--quiet", mutants_.quiet, "No progress");
    c->footer(
        "Examples:\n"
        "  jianheng mutants --out mutants\n"
        "  jianheng mutants --only rounds-down --only word-swap --seeds 1\n"
        "Written: mutants.html, mutants.json, mutants.txt. Needs a C compiler ($CC, else cc).\n"
        "Exit codes: 0 every defect noticed or explained and no false alarm, 1 not so");
    c->callback([this] { exitCode_ = mutantsCommand(mutants_); });
}

}  // namespace jh
