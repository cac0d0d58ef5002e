using DualDb.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Tests;

/// <summary>Which root a project gets, and what it holds.</summary>
public sealed class RootTests
{
    private const string Entity = "using DualDb; namespace Shop; [Neon] public partial class Order { [Key] public int Id { get; set; } }";

    [Theory]
    [InlineData("My.Shop", "My.Shop.DualDatabase.g.cs", "namespace My.Shop;")]
    [InlineData("My-Shop.2nd", "My_Shop._2nd.DualDatabase.g.cs", "namespace My_Shop._2nd;")]
    [InlineData(null, "Project.DualDatabase.g.cs", "namespace Project;")]
    public void Without_a_declared_root_there_is_one_in_the_root_namespace(string? rootNamespace, string file, string expected)
    {
        var run = GeneratorRun.Of(Fixture.Project(Entity), rootNamespace);

        Assert.Empty(run.Complaints);
        Assert.Contains(expected, run.Files[file]);
        Assert.Contains("public global::Shop.IOrderRepository Orders { get; }", run.Files[file]);
    }

    [Fact]
    public void A_project_without_entities_gets_no_root()
        => Assert.Empty(GeneratorRun.Of(Fixture.Project("namespace Shop; public class Nothing;")).Files);

    [Fact]
    public void A_declared_root_without_entities_is_complete()
    {
        var run = GeneratorRun.Of(Fixture.Project("namespace Shop; [DualDb.DualDatabase] public partial class ShopDb;"));

        Assert.Empty(run.Complaints);
        Assert.Contains("DatabaseUse.None", run.Files["Shop.ShopDb.g.cs"]);
    }

    [Fact]
    public void Entities_of_a_referenced_library_are_part_of_the_root()
    {
        var library = Library("Library", Fixture.Source("Shop"));
        var project = Fixture.Project("Application", ["namespace App; [DualDb.DualDatabase] public partial class AppDb;"], [library]);

        var run = GeneratorRun.Of(project);

        Assert.Empty(run.Complaints);
        Assert.Contains("public global::Shop.IOrderRepository Orders { get; }", run.Files["App.AppDb.g.cs"]);
        Assert.Contains("global::Shop.ProfileMap.CreateTable,", run.Files["App.AppDb.g.cs"]);
    }

    [Fact]
    public void Schema_of_a_referenced_library_is_part_of_the_schema()
    {
        var library = Library("Library", Fixture.Source("Shop"));
        var project = Fixture.Project("Application", ["namespace App; [DualDb.Neon] public partial class Own { [DualDb.Key] public int Id { get; set; } }"], [library]);

        var text = GeneratorRun.Of(project, "App").Files["App.DualDatabase.Schema.g.cs"];

        Assert.InRange(text.IndexOf("\"name\": \"owns\"", StringComparison.Ordinal), 0, text.IndexOf("\"includes\": [", StringComparison.Ordinal));
        Assert.InRange(text.IndexOf("\"name\": \"profiles\"", StringComparison.Ordinal), text.IndexOf("\"includes\": [", StringComparison.Ordinal), text.Length);
    }

    [Fact]
    public void What_a_referenced_library_synchronises_is_part_of_the_root()
    {
        var library = Library("Library", Fixture.Source("Sync"));
        const string Source = """
            using DualDb;
            using DualDb.Consistency.Sync;
            namespace App;
            [Supabase] public sealed partial record Card([property: Key] long Id, decimal Total);
            [SyncMap<Following.Order, Card>(Name = "cards")] public static class Cards;
            [DualDatabase] public partial class AppDb;
            """;

        var run = GeneratorRun.Of(Fixture.Project("Application", [Source], [library]));

        Assert.Empty(run.Complaints);
        var maps = run.Files["App.AppDb.Sync.g.cs"];
        Assert.Contains("[assembly: global::DualDb.Consistency.Sync.DualDbSync(typeof(global::App.Cards))]", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("typeof(global::Following", maps, StringComparison.Ordinal);
        Assert.All(["cards", "orders", "stock", "summaries"], name => Assert.Contains($"Name = \"{name}\"", maps, StringComparison.Ordinal));
        Assert.Contains("new(\"units\", \"units\") { IsCounter = true }", maps, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entity_can_refer_to_one_of_a_referenced_library()
    {
        var library = Library("Library", Fixture.Source("Shop"));
        const string Source = """
            using DualDb;
            namespace App;
            [Neon] public partial class Shipment
            {
                [Key(Generated = true)] public int Id { get; set; }
                [References<Shop.Order>] public long OrderId { get; set; }
                [References<Shop.Profile>] public System.Guid ProfileId { get; set; }
            }
            """;

        var run = GeneratorRun.Of(Fixture.Project("Application", [Source], [library]), "App");

        Assert.Empty(run.Complaints);
        Assert.Contains("references public.orders (id)", run.Files["App.Shipment.g.cs"]);
        Assert.DoesNotContain("references public.profiles", run.Files["App.Shipment.g.cs"]);
        Assert.Contains("IOrderRepository Orders { get; }", run.Files["App.DualDatabase.g.cs"]);
    }

    [Fact]
    public void Views_join_entities_of_a_library_and_those_of_a_library_are_on_the_root()
    {
        var library = Library("Library", Fixture.Source("Views"));
        const string Source = """
            using DualDb;
            namespace App;
            [Neon] public sealed partial record Parcel([Key] long Id, [References<Market.Order>] long OrderId, [References<Market.Courier>] string? Courier);
            [UnifiedView] public sealed partial record Delivery(Parcel Parcel, Market.Order Order, [Via("Courier")] Market.Courier? Courier);
            [UnifiedView] public sealed partial record Person(Market.Profile User, Market.Preferences? Preferences, [Via("BuyerId"), Take(2)] Market.OrderDetails[] Bought);
            """;

        var run = GeneratorRun.Of(Fixture.Project("Application", [Source], [library]), "App");

        Assert.Empty(run.Complaints);
        Assert.Contains("IDeliveryReader Deliveries { get; }", run.Files["App.DualDatabase.g.cs"]);
        Assert.Contains("global::Market.IHistoryReader Histories { get; }", run.Files["App.DualDatabase.g.cs"]);
        Assert.DoesNotContain("LineView", run.Files["App.DualDatabase.g.cs"]);
        Assert.Contains("Failures = rows.FailuresWithin(\"Bought\")", run.Files["App.Person.g.cs"]);
    }

    [Fact]
    public void Internal_entities_of_a_library_appear_only_where_they_are_visible()
    {
        const string Source = """
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Friend")]
            namespace Library { [DualDb.Neon] internal partial class Hidden { [DualDb.Key] public int Id { get; set; } } }
            """;
        var library = Library("Library", Source);
        const string Root = "namespace App; [DualDb.DualDatabase] public partial class AppDb;";

        var friend = GeneratorRun.Of(Fixture.Project("Friend", [Root], [library]));
        var stranger = GeneratorRun.Of(Fixture.Project("Stranger", [Root], [library]));

        Assert.Empty(friend.Complaints);
        Assert.Contains("internal global::Library.IHiddenRepository Hiddens { get; }", friend.Files["App.AppDb.g.cs"]);
        Assert.Empty(stranger.Complaints);
        Assert.DoesNotContain("Hidden", stranger.Files["App.AppDb.g.cs"]);
    }

    // The library's AddDualDatabase stays what it is.
    [Fact]
    public void A_default_root_beside_that_of_a_library_is_registered_under_another_name()
    {
        var library = Library("Library", Fixture.Source("Keys"));
        const string Source = Entity + """
            public static class Start
            {
                public static void Add(Microsoft.Extensions.DependencyInjection.IServiceCollection services) => services.AddAppDualDatabase().AddDualDatabase();
            }
            """;

        var run = GeneratorRun.Of(Fixture.Project("Application", ["using Microsoft.Extensions.DependencyInjection; " + Source], [library]), "App");

        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void The_root_can_be_extended_by_its_author()
    {
        var run = GeneratorRun.Of(Fixture.Project(Entity, """
            namespace Shop;
            [DualDb.DualDatabase]
            public sealed partial class ShopDb
            {
                private readonly int _started = 1;
                public int Started => _started;
            }
            public partial interface IShopDb { int Started { get; } }
            public partial class OrderRepository { public string Description => "Orders"; }
            public partial interface IOrderRepository { string Description { get; } }
            """));

        Assert.Empty(run.Complaints);
    }

    private static MetadataReference Library(string name, string source)
    {
        var run = GeneratorRun.Of(Fixture.Project(name, [source], []), name);
        Assert.Empty(run.Complaints);
        using var image = new MemoryStream();
        var result = run.Output.Emit(image);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
