using System.Collections.Immutable;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Inputs;

/// <summary>How many agents each provider can feed; a reading, replaced by the next one.</summary>
public sealed record QuotaSampled(ImmutableArray<QuotaFeed> Feeds) : Input;
