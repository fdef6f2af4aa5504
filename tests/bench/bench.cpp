// SPDX-License-Identifier: GPL-3.0-or-later
// Speed and memory, each beside a bare piece of work measured in the same minute: the ratio holds
// on any machine.  jh_bench PATH_OF_JIANHENG
#include <btBulletDynamicsCommon.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/reference/indicator_parameters.h"
#include "hil/cli/run_scenario.h"
#include "hil/cli/scene_signals.h"
#include "hil/indicator/register_map.h"
#include "hil/scenario/load.h"
#include "hil/scenario/load_scene.h"
#include "sim/base/check.h"
#include "sim/deck/deck_solver.h"
#include "sim/vehicle/vehicle_world.h"

extern char** environ;

namespace jh {
namespace {

using WallClock = std::chrono::steady_clock;

double wall_s(const std::function<void()>& work) {
    const auto start = WallClock::now();
    work();
    return std::chrono::duration<double>(WallClock::now() - start).count();
}

/// Processor time of this process, which other work on the machine hardly lengthens.
double cpu_s(const std::function<void()>& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// The best of several: what disturbs a measurement only ever makes it slower.
double best_s(int times, const std::function<void()>& work) {
    double best = cpu_s(work);
    for (int i = 1; i < times; ++i) best = std::min(best, cpu_s(work));
    return best;
}

void row(const std::string& what, const std::string& figure, const std::string& beside = "") {
    fmt::print("{:<44}{:>16}   {}\n", what, figure, beside);
}

void benchDeck(const ScaleModel& scale) {
    constexpr int steps = 200'000;
    DeckSolver deck{scale.deck, cellSupports(scale.cells, scale.cellType.stiffness),
                    standardGravity};
    DeckState state = deck.equilibrium({});
    const std::vector<double> load_N = deck.loadVector(
        std::array{PointForce{Length{5.0}, Length{0.9}, weightOf(Mass{10e3}, standardGravity)}});
    std::vector<Force> forces(deck.supportCount());
    const double step_s = best_s(5,
                                 [&] {
                                     for (int i = 0; i < steps; ++i)
                                         deck.step(state, load_N, 1e-3, forces);
                                 }) /
                          steps;

    // Bare: the matrix-vector product that a step cannot do without, 14 by 14.
    constexpr std::size_t n = 14;
    std::array<double, n * n> matrix{};
    for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i] = 1.0 / static_cast<double>(i + 1);
    std::array<double, n> x{}, y{};
    x.fill(1.0);
    volatile double sink = 0.0;
    const double bare_s = best_s(5,
                                 [&] {
                                     for (int i = 0; i < steps; ++i) {
                                         y.fill(0.0);
                                         for (std::size_t c = 0; c < n; ++c) {
                                             for (std::size_t r = 0; r < n; ++r)
                                                 y[r] += matrix[c * n + r] * x[c];
                                         }
                                         for (std::size_t r = 0; r < n; ++r) x[r] = y[r] * 0.3;
                                     }
                                     sink = sink + x[0];
                                 }) /
                          steps;
    row("deck solver, steps a second", fmt::format("{:.2f} million", 1e-6 / step_s),
        fmt::format("{:.0f} ns; bare 14 x 14 product {:.0f} ns, ratio {:.1f}", step_s * 1e9,
                    bare_s * 1e9, step_s / bare_s));
}

/// Seconds a step of Bullet alone: the bodies and joints of a vehicle, held up by a force each.
double bareBullet_s(const VehicleModel& model, int steps) {
    btDefaultCollisionConfiguration configuration;
    btCollisionDispatcher dispatcher{&configuration};
    btDbvtBroadphase broadphase;
    btSequentialImpulseConstraintSolver solver;
    btDiscreteDynamicsWorld world{&dispatcher, &broadphase, &solver, &configuration};
    world.getSolverInfo().m_numIterations = RigidWorld::iterationsWithoutContacts;
    const double g_m_s2 = standardGravity.si();
    world.setGravity({0.0, 0.0, -g_m_s2});
    std::vector<std::unique_ptr<btCollisionShape>> shapes;
    std::vector<std::unique_ptr<btRigidBody>> bodies;
    for (const SprungBody& sprung : staticsOf(model).bodies) {
        const RigidBodyModel body = bodyModel(sprung, model);
        const Vec3 half = body.halfSize_m, inertia = body.inertia_kg_m2;
        shapes.push_back(std::make_unique<btBoxShape>(btVector3{half.x, half.y, half.z}));
        btRigidBody::btRigidBodyConstructionInfo info{
            body.mass.si(), nullptr, shapes.back().get(), {inertia.x, inertia.y, inertia.z}};
        info.m_startWorldTransform.setOrigin({-sprung.cgBehind.si(), 0.0, sprung.cgHeight.si()});
        bodies.push_back(std::make_unique<btRigidBody>(info));
        bodies.back()->setActivationState(DISABLE_DEACTIVATION);
        world.addRigidBody(bodies.back().get(), 0, 0);
    }
    const btVector3 kingpin{-model.fifthWheel->si(), 0.0, model.fifthWheelHeight.si()};
    btPoint2PointConstraint joint{*bodies[0], *bodies[1],
                                  bodies[0]->getCenterOfMassTransform().invXform(kingpin),
                                  bodies[1]->getCenterOfMassTransform().invXform(kingpin)};
    world.addConstraint(&joint, true);
    const double all_s = best_s(5, [&] {
        for (int i = 0; i < steps; ++i) {
            for (const auto& body : bodies) {
                body->applyCentralForce({0.0, 0.0, body->getMass() * g_m_s2});
            }
            world.stepSimulation(1e-3, 0);
        }
    });
    world.removeConstraint(&joint);
    for (const auto& body : bodies) world.removeRigidBody(body.get());
    return all_s / steps;
}

void benchVehicle() {
    constexpr int steps = 100'000;
    const auto model = loadVehicle(dataFolder() / "vehicles" / "china-6axle-49t.yaml");
    JH_CHECK(model.has_value());
    VehicleWorld world{standardGravity};
    world.park(*model, {Length{15.8}, {}});
    const LevelRoad road;
    const double step_s = best_s(5,
                                 [&] {
                                     for (int i = 0; i < steps; ++i) world.step(road, 1e-3);
                                 }) /
                          steps;
    const double bare_s = bareBullet_s(*model, steps);
    row("49 t truck, steps a second", fmt::format("{:.0f}", 1.0 / step_s),
        fmt::format("{:.2f} us; bare Bullet world {:.2f} us, share of its rate {:.2f}",
                    step_s * 1e6, bare_s * 1e6, bare_s / step_s));
    row("49 t truck at 1 kHz, speed factor", fmt::format("{:.0f}", 1e-3 / step_s));
}

/// A truck of 49 t drives on, stands and leaves, in gusts and rain.
Scene stormyCrossing() {
    auto scene = loadScene(dataFolder() / "scenes" / "drive-on-49t-leaf.yaml");
    JH_CHECK(scene.has_value());
    scene->site.wind.speed = Speed{8.0};
    scene->site.rain.rate_mm_h = 20.0;
    scene->scale.deck.sideways.stops =
        standardStops(scene->scale.deck, Length{5e-3}, Length{7.5e-3});
    return *scene;
}

void benchCrossing() {
    const Scene scene = stormyCrossing();
    const double sim_s = seconds(scene.duration);
    const auto crossing = [&scene](const std::string& file) {
        ScenePlay play{scene};
        std::optional<SceneRecorder> recorder;
        if (!file.empty()) recorder.emplace(play, file);
        while (!play.over()) {
            const BridgeRatio terminals = play.advance();
            if (recorder) recorder->window(terminals);
        }
    };
    const std::string file = "/tmp/jh_bench." + std::to_string(getpid()) + ".h5";
    // In turns, so that both meet the same machine.
    double plain_s = 1e9, recorded_s = 1e9;
    for (int i = 0; i < 5; ++i) {
        plain_s = std::min(plain_s, cpu_s([&] { crossing(""); }));
        recorded_s = std::min(recorded_s, cpu_s([&] { crossing(file); }));
    }
    std::filesystem::remove(file);
    row("49 t crossing, all on, speed factor", fmt::format("{:.0f}", sim_s / plain_s),
        "wind, rain, deck, bumpers, cells; 1 kHz");
    row("  with HDF5 recording", fmt::format("{:.0f}", sim_s / recorded_s),
        fmt::format("costs {:.1f} % of the run", 100.0 * (recorded_s / plain_s - 1.0)));
}

void benchVerification(const Scenario& scenario) {
    RunOutcome outcome;
    const double whole_s = best_s(3, [&] { outcome = runScenario(scenario, {}); });
    const double sim_s = seconds(outcome.simulated);
    row("100 t verification", fmt::format("{:.2f} s", whole_s),
        fmt::format("{:.0f} simulated s, verdict {}", sim_s, word(outcome.result.verdict)));
    row("speed factor", fmt::format("{:.0f}", sim_s / whole_s));

    StageTimes stages;
    RunOptions options;
    options.stageTimes = &stages;
    const double timed_s = wall_s([&] { runScenario(scenario, options); });
    const auto share = [&](const char* stage, std::chrono::nanoseconds part) {
        const double part_s = std::chrono::duration<double>(part).count();
        row(fmt::format("  share of {}", stage), fmt::format("{:.1f} %", 100.0 * part_s / timed_s));
    };
    share("plant, moving", stages.moving);
    share("plant, at rest", stages.resting);
    share("ADC and firmware", stages.firmware);
    share("state hashes", stages.hashing);
    const auto known = stages.moving + stages.resting + stages.firmware + stages.hashing;
    share("procedure, Modbus, record",
          std::chrono::nanoseconds{static_cast<std::int64_t>(timed_s * 1e9)} - known);
}

/// The bench of a scenario at rest, with an indicator that has just been switched on.
VirtualBench restingBench(const Scenario& scenario) {
    jh_indicator_parameters p{};
    p.ranges = 1;
    p.max_g[0] = scenario.scale.max().inMg() / 1000;
    p.interval_g[0] = scenario.scale.firstInterval().inMg() / 1000;
    p.rate_hz = 10;
    p.filter_ms = 1000;
    p.station = static_cast<std::uint8_t>(scenario.indicator.station);
    p.baud = static_cast<std::uint32_t>(scenario.indicator.baud);
    const jh_firmware_api& api = *jh_reference_firmware();
    std::vector<std::uint8_t> nonvolatile(api.nonvolatile_bytes);
    jh_reference_nonvolatile(&p, nonvolatile.data());
    return {Plant{scenario.scale, scenario.site, scenario.seed}, Ads1232Model{},
            NativeHost{api, std::move(nonvolatile), scenario.indicator.baud}, scenario.seed};
}

void benchModbus(const Scenario& scenario) {
    constexpr int transactions = 3000;
    VirtualBench bench = restingBench(scenario);
    RtuClient client{bench, scenario.indicator.station, scenario.indicator.replyTimeout};
    const RegisterBlock reading =
        planReading(scenario.indicator, readingFields(scenario.indicator)).front();
    const int registers = static_cast<int>(reading.words.size());
    JH_CHECK(client.read(reading.address, registers).has_value());
    const double each_s =
        best_s(3,
               [&] {
                   for (int i = 0; i < transactions; ++i) {
                       JH_CHECK(client.read(reading.address, registers).has_value());
                   }
               }) /
        transactions;

    // Bare: the same bytes through a socket pair and back.
    std::array<int, 2> ends{};
    JH_CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    std::array<std::uint8_t, 256> bytes{};
    const auto carry = [&](int from, int to, std::size_t count) {
        JH_CHECK(write(from, bytes.data(), count) == static_cast<ssize_t>(count));
        JH_CHECK(read(to, bytes.data(), bytes.size()) == static_cast<ssize_t>(count));
    };
    const double bare_s =
        best_s(3,
               [&] {
                   for (int i = 0; i < transactions; ++i) {
                       carry(ends[0], ends[1], 8);
                       carry(ends[1], ends[0], 5 + 2 * static_cast<std::size_t>(registers));
                   }
               }) /
        transactions;
    close(ends[0]);
    close(ends[1]);
    row("Modbus transactions a second, virtual time", fmt::format("{:.0f}", 1.0 / each_s),
        fmt::format("{:.1f} us; bare socket pair {:.1f} us, ratio {:.1f}", each_s * 1e6,
                    bare_s * 1e6, each_s / bare_s));
}

struct Child {
    double wall_s{}, peak_MB{};
};

/// Runs a program to its end, its output thrown away.
Child runProgram(std::vector<std::string> words) {
    std::vector<char*> arguments;
    for (std::string& text : words) arguments.push_back(text.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    Child child;
    rusage usage{};
    child.wall_s = wall_s([&] {
        pid_t pid = 0;
        int status = 0;
        JH_CHECK(posix_spawn(&pid, arguments[0], &silent, nullptr, arguments.data(), environ) == 0);
        JH_CHECK(wait4(pid, &status, 0, &usage) == pid && status == 0);
    });
    posix_spawn_file_actions_destroy(&silent);
    child.peak_MB = static_cast<double>(usage.ru_maxrss) / 1024.0;
    return child;
}

double startTime_ms(const std::vector<std::string>& words) {
    double best = runProgram(words).wall_s;
    for (int i = 0; i < 30; ++i) best = std::min(best, runProgram(words).wall_s);
    return best * 1e3;
}

void benchProgram(const std::string& program, const std::string& scenario) {
    const std::string out = "/tmp/jh_bench." + std::to_string(getpid());
    const Child run = runProgram({program, "run", scenario, "--quiet", "--out", out});
    std::filesystem::remove_all(out);
    row("peak memory of the verification", fmt::format("{:.0f} MB", run.peak_MB),
        fmt::format("/bin/true {:.0f} MB", runProgram({"/bin/true"}).peak_MB));
    const double version_ms = startTime_ms({program, "version"}),
                 true_ms = startTime_ms({"/bin/true"});
    row("start of `jianheng version`", fmt::format("{:.1f} ms", version_ms),
        fmt::format("bare /bin/true {:.1f} ms, ratio {:.1f}", true_ms, version_ms / true_ms));
}

int benchAll(const std::string& program) {
    const auto file = dataFolder() / "verifications" / "100t-jjg539-initial.yaml";
    const auto scenario = loadScenario(file);
    if (!scenario) {
        for (const Diagnostic& problem : scenario.error())
            fmt::print(stderr, "{}\n", problem.text());
        return 2;
    }
    benchDeck(scenario->scale);
    benchVehicle();
    benchCrossing();
    benchVerification(*scenario);
    benchModbus(*scenario);
    benchProgram(program, file.string());
    return 0;
}

}  // namespace
}  // namespace jh

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: jh_bench PATH_OF_JIANHENG\n");
        return 2;
    }
    return jh::benchAll(argv[1]);
}
