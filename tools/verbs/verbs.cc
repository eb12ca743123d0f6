#include "tools/verbs/verb.h"

namespace octet::lab {

std::span<const Verb> verbs() {
  static constexpr Verb table[] = {
      {"grade", "Build a stage and run its grader",
       "./lab grade 1                          all of stage 1\n"
       "./lab grade 1 --part 1a                one part\n"
       "./lab grade 1 --test Framing.EveryCut --seed 7\n"
       "./lab grade 1 --gradescope results.json",
       grade_verb},
      {"replay", "Tell a test's run in the simulator again, step by step",
       "./lab replay 2 Rpc.RepliesAreLost --seed 4711\n"
       "./lab replay 2 Rpc.RepliesAreLost --seed 4711 --until 31 --node 2\n"
       "./lab replay 2 Rpc.RepliesAreLost --seed 4711 --until 31 --gdb",
       replay_verb},
      {"run", "Build a demo program of a stage and run it",
       "./lab run 1                            the demos that stage 1 has\n"
       "./lab run 1 chat_server --reference -- --port 7000   what follows -- goes to the demo",
       run_verb},
      {"compare", "Show how your code differs from the reference",
       "./lab compare 1\n"
       "./lab compare 1 echo_server            one file",
       compare_verb},
      {"chaos", "A proxy that does to connections what networks do",
       "./lab chaos --listen 7000 --to 7001 --delay 50ms --jitter 20ms --chunk 1\n"
       "./lab chaos --listen 7000 --to 7001 --loss-of-connection 5% --cut after=10s\n"
       "./lab chaos --listen 7000 --to 7001 --reset down,bytes=100 --seed 7",
       chaos_verb},
      {"netns", "Hosts on this machine, with real partitions (needs root)",
       "./lab netns up --hosts 3\n"
       "./lab netns exec 1 -- nc -l 7000\n"
       "./lab netns cut 1 2\n"
       "./lab netns loss 1 3 5%\n"
       "./lab netns heal\n"
       "./lab netns down",
       netns_verb},
      {"cluster", "Start nodes as processes; kill, pause and cut them",
       "./lab cluster 2 chat --nodes 3 --reference\n"
       "./lab cluster 4 --reference --resp 7400   a store for redis-cli -p 7400\n"
       "./lab cluster primary_backup\n"
       "./lab cluster ping --nodes 5\n"
       "printf 'input 1 append x\\nview\\n' | ./lab cluster primary_backup",
       cluster_verb},
      {"test", "Run the project's own tests",
       "./lab test                             all that is quick enough\n"
       "./lab test --list                      the suites\n"
       "./lab test mutants 1                   one suite, one stage\n"
       "./lab test mutants 1 --only 103_ --seeds 20",
       test_verb},
      {"bench", "Measure a stage beside the real systems, or the runtime",
       "./lab bench 1                          beside redis-server, in one run\n"
       "./lab bench 1 --starter --rounds 3     your own server\n"
       "./lab bench 2                          the encoding beside others\n"
       "./lab bench 3 --rounds 2               placements, and quorums beside redis-server\n"
       "./lab bench 4                          the replicated store beside etcd\n"
       "./lab bench runtime                    the simulator, the search and a node's disk",
       bench_verb},
      {"view", "Make a picture of a run, as a page for a browser",
       "./lab view run.jsonl                   writes run.html; open it in a browser\n"
       "./lab view run.jsonl --compare other.jsonl\n"
       "./lab view run.jsonl --text            in words, for a terminal\n"
       "./lab view run.jsonl --export picture run.svg\n"
       "./lab view run.jsonl --export shiviz run.log",
       view_verb},
      {"check-history", "Say whether what clients did and got is linearizable",
       "./lab check-history run.jsonl          a trace, or a history alone\n"
       "./lab check-history run.jsonl --view why.html\n"
       "zcat history.txt.gz | ./lab check-history -",
       check_history_verb},
  };
  return table;
}

}  // namespace octet::lab
