using Xunit;

// Every test starts processes of its own; on two cores more than two at once only wait for each other.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass, MaxParallelThreads = 2)]
