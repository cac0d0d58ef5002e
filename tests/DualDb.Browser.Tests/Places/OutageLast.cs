using Xunit.Sdk;
using Xunit.v3;

namespace DualDb.Browser.Tests.Places;

/// <summary>What takes a database away comes last: the shop has been used by then, so that its figures are worth a look, and no other test meets what an outage leaves behind.</summary>
public sealed class OutageLast : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection
        => [.. testCollections.OrderBy(static collection => collection.TestCollectionDisplayName.Contains(nameof(OutageTests), StringComparison.Ordinal)).ThenBy(static collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
