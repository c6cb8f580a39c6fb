using System.ClientModel;
using System.Text;
using Anthropic;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;
using Plimsoll.Calibration.ProviderModel.Faults;
using Xunit;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>The official SDKs for .NET, unmodified, through the gateway.</summary>
public sealed class NuGetSdkTests
{
    private const string Words = "tok tok tok tok ";
    private static readonly MessageCreateParams Question = new()
    {
        MaxTokens = 100,
        Model = "claude-sonnet-4-5",
        Messages = [new UserMessageParam("Hello")],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What the provider does to the first requests; the client sees nothing of it.</summary>
    public static TheoryData<string> Unseen => ["", "RateLimited", "RateLimitedSilently", "Overloaded", "Overloaded Overloaded", "ServerError", "Cut", "Reset", "Split"];

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task Anthropic_gets_a_message(string faults)
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: true, Script(faults));
        using AnthropicClient client = Anthropic(scene);
        Message message = await client.Messages.Create(Question, Cancel);
        Assert.Equal(40, message.Usage.OutputTokens);
        Assert.Single(await scene.CallsAsync(Cancel), call => call.Status == 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RateLimited")]
    [InlineData("Overloaded Overloaded")]
    [InlineData("Split")]
    public async Task Anthropic_gets_a_stream(string faults)
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: true, Script(faults));
        using AnthropicClient client = Anthropic(scene);
        StringBuilder text = new();
        bool stopped = false;
        await foreach (RawMessageStreamEvent item in client.Messages.CreateStreaming(Question, Cancel))
        {
            if (item.TryPickContentBlockDelta(out RawContentBlockDeltaEvent? delta) && delta.Delta.TryPickText(out TextDelta? words))
                text.Append(words.Text);
            stopped |= item.TryPickStop(out _);
        }

        Assert.True(stopped);
        Assert.Equal(160, text.Length);
    }

    [Fact]
    public async Task A_stream_that_is_cut_after_its_first_words_is_an_error_for_the_client_and_never_a_short_answer()
    {
        // The share of the answer that is still sent follows from the seed: more than nothing.
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: true, FaultKind.Cut);
        using AnthropicClient client = Anthropic(scene);
        bool stopped = false;
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (RawMessageStreamEvent item in client.Messages.CreateStreaming(Question, Cancel))
                stopped |= item.TryPickStop(out _);
        });
        Assert.False(stopped);
    }

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task OpenAI_gets_a_chat_completion(string faults)
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: false, Script(faults));
        ChatClient client = new("gpt-5", new ApiKeyCredential(scene.Key), Options(scene));
        ClientResult<ChatCompletion> answer = await client.CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Cancel);
        Assert.StartsWith(Words, answer.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.Equal(40, answer.Value.Usage.OutputTokenCount);
        Assert.Single(await scene.CallsAsync(Cancel), call => call.Status == 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RateLimited")]
    [InlineData("Overloaded")]
    [InlineData("Split")]
    public async Task OpenAI_gets_a_stream(string faults)
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: false, Script(faults));
        ChatClient client = new("gpt-5", new ApiKeyCredential(scene.Key), Options(scene));
        StringBuilder text = new();
        ChatFinishReason? finish = null;
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: Cancel))
        {
            finish ??= update.FinishReason;
            foreach (ChatMessageContentPart part in update.ContentUpdate)
                text.Append(part.Text);
        }

        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.Equal(160, text.Length);
    }

    [Fact]
    public async Task OpenAI_gets_embeddings()
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: false);
        EmbeddingClient client = new("text-embedding-3-small", new ApiKeyCredential(scene.Key), Options(scene));
        ClientResult<OpenAIEmbeddingCollection> answer = await client.GenerateEmbeddingsAsync(["one", "two", "three"], cancellationToken: Cancel);
        Assert.Equal([0, 1, 2], answer.Value.Select(embedding => embedding.Index));
    }

    [Fact]
    public async Task OpenAI_gets_a_response()
    {
        await using GatewayScene scene = await GatewayScene.StartAsync(anthropic: false, FaultKind.Overloaded);
#pragma warning disable OPENAI001 // The Responses part of the SDK is marked as under evaluation; agents use it.
        ResponsesClient client = new(new ApiKeyCredential(scene.Key), new ResponsesClientOptions { Endpoint = new($"{scene.Url}/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
        ClientResult<ResponseResult> answer = await client.CreateResponseAsync("gpt-5", "Hello", cancellationToken: Cancel);
        Assert.Equal(40, answer.Value.Usage.OutputTokenCount);
#pragma warning restore OPENAI001
    }

    private static FaultKind[] Script(string faults) => [.. faults.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<FaultKind>)];

    // Without retries of its own: what succeeds, the gateway has made succeed.
    private static AnthropicClient Anthropic(GatewayScene scene) => new() { ApiKey = scene.Key, BaseUrl = scene.Url, MaxRetries = 0 };

    private static OpenAIClientOptions Options(GatewayScene scene) =>
        new() { Endpoint = new($"{scene.Url}/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) };
}
