.PHONY: dev fmt lint test
dev:
	cmake -S . -B build-dev -G Ninja -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g1"
	cmake --build build-dev --target santong santong_tests
fmt:
	tools/format
lint:
	tools/check_includes && tools/check_text && tools/format --check && tools/lint
test:
	./test
