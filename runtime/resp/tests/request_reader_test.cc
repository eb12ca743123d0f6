#include "runtime/resp/request_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace octet::resp {
namespace {

const std::string get_x = "*2\r\n$3\r\nGET\r\n$1\r\nx\r\n";

TEST(RequestReader, RequestsComeHoweverTheyAreCut) {
  const std::string ping = "*1\r\n$4\r\nPING\r\n";
  for (std::size_t cut = 0; cut <= get_x.size() + ping.size(); ++cut) {
    RequestReader reader;
    std::vector<Request> requests;
    const std::string all = get_x + ping;
    for (const std::string& piece : {all.substr(0, cut), all.substr(cut)}) {
      reader.feed(piece);
      while (auto request = reader.next()) requests.push_back(*request);
    }
    EXPECT_EQ(requests, (std::vector<Request>{{"GET", "x"}, {"PING"}})) << "cut at " << cut;
    EXPECT_FALSE(reader.is_broken());
  }
}

TEST(RequestReader, WordsAreAnyBytes) {
  const std::string word("\0\r\n$1\r\n\xff", 8);
  RequestReader reader;
  reader.feed("*2\r\n$8\r\n" + word + "\r\n$0\r\n\r\n");
  EXPECT_EQ(reader.next(), (Request{word, ""}));
}

TEST(RequestReader, ARequestWithoutWordsIsOne) {
  RequestReader reader;
  reader.feed("*0\r\n" + get_x);
  EXPECT_EQ(reader.next(), Request());
  EXPECT_EQ(reader.next(), (Request{"GET", "x"}));
}

TEST(RequestReader, WhatIsNoRequestBreaksIt) {
  for (const std::string bytes :
       {"GET x\r\n", "*1\r\n*1\r\n$1\r\nx\r\n", "*1\r\n:5\r\n", "*1\r\n+x\r\n", "*1\r\n$-1\r\n",
        "*-1\r\n", "*x\r\n", "$1\r\nx\r\n", "*1001\r\n", "*2000000000\r\n"}) {
    RequestReader reader;
    reader.feed(get_x + bytes);
    EXPECT_EQ(reader.next(), (Request{"GET", "x"})) << "before " << bytes;
    EXPECT_EQ(reader.next(), std::nullopt) << bytes;
    EXPECT_TRUE(reader.is_broken()) << bytes;
  }
}

TEST(RequestReader, WhatIsTooLongBreaksItBeforeItIsThere) {
  RequestReader reader;
  reader.feed("*2\r\n$3\r\nSET\r\n$2000000000\r\n");
  const std::string piece(1U << 16, 'x');
  std::size_t fed = 0;
  while (!reader.is_broken() && fed < 2 * RequestReader::longest) {
    reader.feed(piece);
    fed += piece.size();
    EXPECT_EQ(reader.next(), std::nullopt);
  }
  EXPECT_LE(fed, RequestReader::longest + piece.size());
}

}  // namespace
}  // namespace octet::resp
