# SPDX-License-Identifier: GPL-3.0-or-later
# jh_cortexm_program(NAME SOURCE…): firmware/NAME.elf in the build folder, by clang for a bare Cortex-M3, with the mailbox.
find_program(BARE_CLANG NAMES clang-14 clang REQUIRED)
find_program(BARE_LLD NAMES ld.lld REQUIRED)
function(jh_cortexm_program name)
    set(elf ${CMAKE_BINARY_DIR}/firmware/${name}.elf)
    set(mailbox ${CMAKE_SOURCE_DIR}/firmware-bridge/mailbox)
    set(script ${mailbox}/mps2_an385.ld)
    set(sources ${mailbox}/jh_mailbox.c ${mailbox}/startup.c ${mailbox}/freestanding/divide.c
                ${mailbox}/freestanding/string.c)
    foreach(source IN LISTS ARGN)
        cmake_path(ABSOLUTE_PATH source NORMALIZE)
        list(APPEND sources ${source})
    endforeach()
    file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/firmware-bridge/reference/*.h
                                        ${CMAKE_SOURCE_DIR}/firmware-bridge/abi/*.h ${mailbox}/*.h)
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/firmware)
    # -meabi gnu: memcpy by its name, not by that of Arm's run-time library.
    add_custom_command(OUTPUT ${elf} DEPENDS ${sources} ${headers} ${script} VERBATIM
        COMMAND ${BARE_CLANG} --target=arm-none-eabi -mcpu=cortex-m3 -mthumb -meabi gnu -std=gnu11 -O2 -g -ffreestanding
                -Wall -Wextra -Werror -I${CMAKE_SOURCE_DIR} -isystem ${mailbox}/freestanding
                -nostdlib -fuse-ld=lld -Wl,-T,${script} -o ${elf} ${sources})
    add_custom_target(${name}_elf ALL DEPENDS ${elf})
endfunction()
