# Switches of the build; CMakePresets.json sets them for each purpose.
option(DENGJI_TESTS "build the tests" ON)
option(DENGJI_PCH "use precompiled headers" ON)
option(DENGJI_TOGETHER "compile several files of a layer as one where that is quicker: a whole build takes less, a changed file more" ON)
option(DENGJI_WERROR "treat warnings as errors" ON)
set(DENGJI_SANITIZE "" CACHE STRING "sanitizers, as given to -fsanitize=")
option(DENGJI_COVERAGE "measure coverage" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(DENGJI_CCACHE ccache)
if(DENGJI_CCACHE)
  # Precompiled headers are only cached when ccache is told that their defines and time macros do not matter.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${DENGJI_CCACHE})
endif()

add_library(dengji_options INTERFACE)
target_include_directories(dengji_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(dengji_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi)
if(DENGJI_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # What ccache needs to see through a precompiled header.
  target_compile_options(dengji_options INTERFACE -fpch-preprocess)
endif()
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  # Population count and SSE 4: every office computer since 2009 has them.
  target_compile_options(dengji_options INTERFACE -march=x86-64-v2)
endif()
if(DENGJI_WERROR)
  target_compile_options(dengji_options INTERFACE -Werror)
endif()
if(DENGJI_SANITIZE)
  # Instrumented, GCC 12 takes the storage of std::regex for uninitialized (GCC bug 105562), and texts that are joined
  # for longer than their buffer (GCC bug 105329).
  target_compile_options(dengji_options INTERFACE
                         $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow>)
  target_compile_options(dengji_options INTERFACE -fsanitize=${DENGJI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(dengji_options INTERFACE -fsanitize=${DENGJI_SANITIZE})
endif()
if(DENGJI_COVERAGE)
  target_compile_options(dengji_options INTERFACE --coverage -O0)
  target_link_options(dengji_options INTERFACE --coverage)
endif()
target_compile_definitions(dengji_options INTERFACE DENGJI_VERSION="${PROJECT_VERSION}")

# Where the sources lie, for the few files that ask: as an option of every file it would keep one checkout from using what another
# has compiled (ccache).
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/generated/dengji_project.h" CONTENT "#pragma once\n#define DENGJI_SOURCE_DIR \"${CMAKE_SOURCE_DIR}\"\n")
target_include_directories(dengji_options INTERFACE "${CMAKE_BINARY_DIR}/generated")
