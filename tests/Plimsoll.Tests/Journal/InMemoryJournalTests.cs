using Plimsoll.Core.Ports;
using Plimsoll.Journal;

namespace Plimsoll.Tests.Journal;

public sealed class InMemoryJournalTests : JournalConformance
{
    private InMemoryJournal? journal;

    protected override Task<IJournal> OpenAsync() => Task.FromResult<IJournal>(journal = journal?.TakeOver() ?? new InMemoryJournal());

    protected override Task<IJournalReader> ReadAsync() => Task.FromResult<IJournalReader>(journal!);

    protected override Task CleanUpAsync() => Task.CompletedTask;
}
