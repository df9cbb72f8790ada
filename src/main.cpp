#include "app/app.hpp"

int main(int argc, char** argv) { return ae::app::run(argc, argv); }
