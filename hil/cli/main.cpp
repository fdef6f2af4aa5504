// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/commands.h"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    CLI::App app{"Jianheng: verifies simulated and real truck scales by legal procedures", "jianheng"};
    app.footer(
        "Examples:\n"
        "  jianheng run verifications/100t-jjg539-initial.yaml\n"
        "  jianheng run my-scale.yaml --lang zh --out records --junit result.xml\n"
        "  jianheng check my-scale.yaml\n"
        "  jianheng probe scales/100t-18x3-8c.yaml --load \"10 t @ 5.0 0.9\"\n"
        "  jianheng replay records/100t-jjg539-initial.json\n"
        "  jianheng list scenarios\n"
        "\n"
        "Exit codes: 0 pass or as expected, 1 fail, 2 bad input, 3 device, 4 invalid, 130 interrupted");
    app.require_subcommand(1);
    int exitCode = jh::exitPass;
    jh::addRun(app, exitCode);
    jh::addCheck(app, exitCode);
    jh::addProbe(app, exitCode);
    jh::addReplay(app, exitCode);
    jh::addList(app, exitCode);
    jh::addVersion(app, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& error) {
        app.exit(error);
        return jh::exitBadInput;
    } catch (const std::exception& error) {
        std::cerr << "jianheng: " << error.what() << "\n";
        return jh::exitDevice;
    }
    return exitCode;
}
