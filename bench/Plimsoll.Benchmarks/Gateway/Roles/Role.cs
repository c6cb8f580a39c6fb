using System.Globalization;
using System.Text.Json;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway.Roles;

/// <summary>What this executable is when a benchmark starts it once more: one part of the scene, in a process of its own, so that it can be measured.</summary>
internal static class Role
{
    /// <summary>First word of such a start.</summary>
    public const string Word = "role";

    private const int UsageError = 2;

    /// <summary>Plays until standard input ends.</summary>
    public static async Task<int> PlayAsync(IReadOnlyList<string> words, TextWriter output)
    {
        BenchmarkOptions options = new([.. words.Skip(1)]);
        switch (words[0])
        {
            case "upstream":
                using (Upstream upstream = Upstream.Start(options))
                {
                    await ReadyAsync(output, upstream.BaseUrl, null, upstream.Look);
                }

                return 0;
            case "bare":
                await using (BareForwarder bare = await BareForwarder.StartAsync(new(options.Text("to", ""))))
                {
                    await ReadyAsync(output, bare.BaseUrl, null);
                }

                return 0;
            case "gateway":
                await using (LocalGateway gateway = await LocalGateway.StartAsync(new(options.Text("to", "")), options))
                {
                    await ReadyAsync(output, gateway.BaseUrl, gateway.Key);
                }

                return 0;
            default:
                output.WriteLine($"no role '{words[0]}'");
                return UsageError;
        }
    }

    private static async Task ReadyAsync(TextWriter output, string url, string? key, Func<string>? look = null)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{JsonEncodedText.Encode(url)} {key ?? "-"}"));
        await output.FlushAsync();

        // Each line asks for a look; whoever started this ends it by closing its input, or by dying.
        while (await Console.In.ReadLineAsync() is not null)
        {
            output.WriteLine(look?.Invoke() ?? "");
            await output.FlushAsync();
        }
    }
}
