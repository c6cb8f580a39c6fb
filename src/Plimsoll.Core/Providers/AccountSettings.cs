using System.Collections.Immutable;

namespace Plimsoll.Core.Providers;

/// <summary>One account at a provider: a key and the limits that belong to it.</summary>
/// <param name="Key">Null: requests are sent without a key.</param>
/// <param name="Quotas">Empty: <c>auto</c>, everything is learned.</param>
public sealed record AccountSettings(string Name, KeySource? Key, ImmutableArray<QuotaSettings> Quotas);
