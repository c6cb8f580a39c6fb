using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.EndToEnd.Agents;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>The official SDKs for Node.js, unmodified, through the gateway.</summary>
public sealed class NodeSdkTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    private const string AnthropicScript =
        """
        const Anthropic = require('@anthropic-ai/sdk').default ?? require('@anthropic-ai/sdk');
        (async () => {
          const client = new Anthropic({ maxRetries: 0 });
          const question = { model: 'claude-sonnet-4-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
          const message = await client.messages.create(question);
          console.log('whole', message.usage.output_tokens, message.content[0].text.length);
          const final = await client.messages.stream(question).finalMessage();
          console.log('stream', final.usage.output_tokens, final.content[0].text.length);
          const counted = await client.messages.countTokens({ model: question.model, messages: question.messages });
          console.log('counted', counted.input_tokens > 0);
        })();
        """;

    private const string OpenAIScript =
        """
        const OpenAI = require('openai').default ?? require('openai');
        (async () => {
          const client = new OpenAI({ maxRetries: 0 });
          const question = { model: 'gpt-5', messages: [{ role: 'user', content: 'Hello' }] };
          const whole = await client.chat.completions.create(question);
          console.log('whole', whole.usage.completion_tokens, whole.choices[0].message.content.length);
          let text = '', usage = 0;
          for await (const chunk of await client.chat.completions.create({ ...question, stream: true })) {
            text += chunk.choices[0].delta.content ?? '';
            usage += chunk.usage ? 1 : 0;
          }
          console.log('stream', text.length, usage);
          const response = await client.responses.create({ model: 'gpt-5', input: 'Hello' });
          console.log('response', response.usage.output_tokens, response.output_text.length);
          const events = [];
          for await (const event of await client.responses.create({ model: 'gpt-5', input: 'Hello', stream: true })) events.push(event.type);
          console.log('events', events[0], events.at(-1));
          const embedded = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'two'], encoding_format: 'float' });
          console.log('embedded', embedded.data.length);
        })();
        """;

    [Theory]
    [InlineData]
    [InlineData(nameof(FaultKind.RateLimited), nameof(FaultKind.Overloaded))]
    [InlineData(nameof(FaultKind.Cut), nameof(FaultKind.Overloaded))]
    [InlineData(nameof(FaultKind.Split), nameof(FaultKind.Split))]
    public async Task Anthropic_answers_whole_and_in_streams(params string[] faults)
    {
        await using GatewayScene scene = await StartAsync(anthropic: true, faults);
        ProcessResult node = await NodeAsync(scene, AnthropicScript);
        Assert.Equal("whole 40 160\nstream 40 160\ncounted true\n", node.Stdout);
    }

    // The usage of a stream was not asked for, so the client sees none; the gateway asks for it all the same.
    [Theory]
    [InlineData]
    [InlineData(nameof(FaultKind.RateLimited), nameof(FaultKind.Overloaded))]
    [InlineData(nameof(FaultKind.Reset), nameof(FaultKind.ServerError))]
    [InlineData(nameof(FaultKind.Split), nameof(FaultKind.Split), nameof(FaultKind.Split))]
    public async Task OpenAI_answers_chats_responses_and_embeddings(params string[] faults)
    {
        await using GatewayScene scene = await StartAsync(anthropic: false, faults);
        ProcessResult node = await NodeAsync(scene, OpenAIScript);
        Assert.Equal("whole 40 160\nstream 160 0\nresponse 40 160\nevents response.created response.completed\nembedded 2\n", node.Stdout);
        Assert.All(scene.Calls, call => Assert.True(call.Usage.OutputTokens == 40 || call.Route == "embeddings", $"{call}"));
    }

    private Task<GatewayScene> StartAsync(bool anthropic, string[] faults)
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        return GatewayScene.StartAsync(anthropic, [.. faults.Select(Enum.Parse<FaultKind>)]);
    }

    private static async Task<ProcessResult> NodeAsync(GatewayScene scene, string script)
    {
        using TemporaryProject project = new();
        project.Write("client.cjs", script);
        Dictionary<string, string?> environment = new(project.Environment, StringComparer.Ordinal)
        {
            ["NODE_PATH"] = AgentPrograms.Modules,
            ["ANTHROPIC_BASE_URL"] = scene.Url,
            ["ANTHROPIC_API_KEY"] = scene.Key,
            ["ANTHROPIC_AUTH_TOKEN"] = null,
            ["OPENAI_BASE_URL"] = $"{scene.Url}/v1",
            ["OPENAI_API_KEY"] = scene.Key,
        };
        using RunningProcess node = RunningProcess.Start("node", ["client.cjs"], project.Folder, environment);
        return (await node.WaitAsync(TestContext.Current.CancellationToken)).Ended(0);
    }
}
