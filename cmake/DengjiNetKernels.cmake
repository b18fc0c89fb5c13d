# dengji_net_kernels(FOLDER)
# The inner loops of the line reader's net: FOLDER/net_kernels_KIND.cpp are the same code, compiled for one kind of processor each;
# the program picks at run time. Always optimised, since without that they are of no use; multiplication and addition in one step,
# as the processor has it; without the precompiled headers, which were made for other switches.
function(dengji_net_kernels folder)
  set(always -O3 -ffp-contract=fast)
  set(plain)
  set(avx -mavx)
  set(avx2 -mavx2 -mfma)
  set(avx512 -mavx512f -mfma)
  foreach(kind plain avx avx2 avx512)
    if(NOT CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
      set(${kind})
    endif()
    set_source_files_properties("${CMAKE_SOURCE_DIR}/${folder}/net_kernels_${kind}.cpp" PROPERTIES
      COMPILE_OPTIONS "${always};${${kind}}" SKIP_PRECOMPILE_HEADERS ON)
  endforeach()
endfunction()
