using System.Text;
using Plimsoll.Gateway.Providers;
using Xunit;

namespace Plimsoll.Tests.Gateway;

public sealed class PeekTests
{
    [Fact]
    public void A_body_is_understood_wherever_its_members_stand()
    {
        BodyPeek peek = Read("""{"messages":[{"role":"user","content":"\"model\":\"no\""}],"max_tokens":7,"stream":true,"model":"large"}""");
        Assert.Equal(("large", 7L, true, true), (peek.Model, peek.MaxTokens, peek.Streams, peek.IsRead));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":\"m\"")]
    [InlineData("{\"model\":5}x")]
    public void What_is_no_such_body_is_left_to_the_provider(string body) => Assert.False(Read(body).IsRead && Read(body).Model is not null);

    [Theory]
    [InlineData("\"a\"", 1)]
    [InlineData("[\"a\",\"b\"]", 2)]
    [InlineData("[1,2,3]", 1)]
    [InlineData("[[1,2],[3]]", 2)]
    public void Texts_to_embed_are_counted(string input, int items) =>
        Assert.Equal(items, BodyReader.Read(Encoding.UTF8.GetBytes($"{{\"input\":{input},\"model\":\"e\"}}"), RouteKind.Embeddings).Items);

    [Fact]
    public void What_one_turn_has_cached_the_next_turn_finds_though_the_mark_has_moved()
    {
        PrefixPoint[] first = Prefixes("""{"role":"user","content":[{"type":"text","text":"one","cache_control":{"type":"ephemeral"}}]}""");
        PrefixPoint[] second = Prefixes("""{"role":"user","content":"one"},{"role":"assistant","content":"two"},{"role":"user","content":[{"type":"text","text":"three","cache_control":{"type":"ephemeral"}}]}""");
        UInt128 written = first[^1].Hash;
        Assert.Equal([true, true], first.Select(point => point.IsWritten));
        Assert.Contains(second, point => point.Hash == written);
        Assert.DoesNotContain(Prefixes("""{"role":"user","content":[{"type":"text","text":"0ne","cache_control":{"type":"ephemeral"}}]}"""), point => point.Hash == written);
    }

    [Fact]
    public void Without_a_mark_nothing_is_cached() =>
        Assert.Empty(Read("""{"model":"m","system":"s","messages":[{"role":"user","content":"hello"}]}""").Prefixes);

    private static PrefixPoint[] Prefixes(string messages) =>
        Read($$$"""{"model":"m","messages":[{{{messages}}}],"system":[{"type":"text","text":"You are a careful engineer with a long prompt.","cache_control":{"type":"ephemeral"}}]}""").Prefixes;

    private static BodyPeek Read(string body) => BodyReader.Read(Encoding.UTF8.GetBytes(body), RouteKind.Messages);
}
