#include "app/app.hpp"

namespace ae::app {

int run(int, char**) { return 0; }

}  // namespace ae::app
