using DualDb.Browser.Tests.Places;

// One shop for all: it takes half a minute to open.
[assembly: AssemblyFixture(typeof(ServedShop))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(OutageLast))]
