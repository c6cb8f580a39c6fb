using Plimsoll.Calibration.ProviderModel.Caching;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>One call as recorded.</summary>
/// <param name="Input">Tokens.</param>
/// <param name="Output">Tokens.</param>
/// <param name="Blocks">Ends of the blocks of its prompt: hash and tokens up to there.</param>
internal sealed record FleetCall(long Input, long Output, IReadOnlyList<(ulong Hash, long Tokens)> Blocks)
{
    private const int BytesPerToken = 4;

    public PromptPrefix[] ForProvider() => [.. Blocks.Select(block => new PromptPrefix(block.Hash, block.Tokens))];

    public PrefixPoint[] ForGateway() => [.. Blocks.Select(block => new PrefixPoint(block.Hash, block.Tokens * BytesPerToken, IsWritten: true))];
}
