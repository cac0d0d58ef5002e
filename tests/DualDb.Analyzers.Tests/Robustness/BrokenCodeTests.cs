using System.Collections.Concurrent;
using DualDb.Analyzers.Tests.Harness;
using DualDb.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Analyzers.Tests.Robustness;

/// <summary>While one types, code is broken most of the time: the analyzers must say nothing of themselves (AD0001), whatever they meet.</summary>
public sealed class BrokenCodeTests
{
    [Fact]
    public Task A_model_cut_off_at_any_place_does_not_crash_an_analyzer()
        => RunAllAsync(Enumerable.Range(0, Models.EveryAnnotation.Length).Select(static length => Models.EveryAnnotation[..length]));

    [Fact]
    public Task A_model_without_any_one_of_its_tokens_does_not_crash_an_analyzer()
        => RunAllAsync(CSharpSyntaxTree.ParseText(Models.EveryAnnotation).GetRoot().DescendantTokens()
            .Select(static token => Models.EveryAnnotation.Remove(token.SpanStart, token.Span.Length)));

    [Theory]
    [InlineData("[Neon(null)] public partial class A { [Key] public long Id { get; set; } }")]
    [InlineData("[Neon(1)] public partial class A { [Key(Generated = \"yes\", Order = null)] public long Id { get; set; } }")]
    [InlineData("[Neon(Schema = null, Set = null)] public partial class A { [Key] public Unknown Id { get; set; } }")]
    [InlineData("[Neon(Set = 3, Schema = new string[0])] public partial class A { [Column(Type = 5), Key] public List<Unknown> Id { get; set; } }")]
    [InlineData("[Neon] public partial struct A { [Key] public long Id { get; set; } }")]
    [InlineData("[Neon] public partial interface A { [Key] long Id { get; set; } }")]
    [InlineData("[Neon] public enum A { B }")]
    [InlineData("[Neon] public delegate void A([Key] int b);")]
    [InlineData("[DualDatabase] public partial struct A;")]
    [InlineData("[DualDatabase, Neon, Supabase] public partial class A;")]
    [InlineData("[Neon] public partial class A : A { [Key] public long Id { get; set; } }")]
    [InlineData("[Neon] public partial class A : B; public partial class B : A { [Key] public long Id { get; set; } }")]
    [InlineData("[Neon] public partial class A : Unknown<int> { [Key] public override long Id { get; set; } }")]
    [InlineData("[Neon] public partial record A([Key] long Id, [Key] long Id, long);")]
    [InlineData("[Neon] public partial class A { [Key] public long Id { get; set; } [References<>] public long B { get; set; } }")]
    [InlineData("[Neon] public partial class A { [Key] public long Id { get; set; } [References<A, A>] public long B { get; set; } [References] public long C { get; set; } }")]
    [InlineData("[Neon] public partial class A<T> { [Key] public T Id { get; set; } [References<A<T>>] public T B { get; set; } [References<T>] public T C { get; set; } }")]
    [InlineData("[Neon] public partial class A { [Key] public long Id { get; set; } [Jsonb(typeof(Unknown))] public A B { get; set; } [Jsonb(typeof(void))] public A C { get; set; } }")]
    [InlineData("[Neon] public partial class A { [Key] public long Id { get; set; } [Jsonb(null)] public dynamic B { get; set; } [Jsonb(typeof(List<>))] public int* C { get; set; } }")]
    [InlineData("[Neon] public partial class A { [Key] public long Id { get; set; } [StoredAsText] public Unknown? B { get; set; } public (int, string) C { get; set; } public ref int D => throw null!; }")]
    [InlineData("[Neon] public partial class A { [Key] public long { get; set; } public Id { get; set; } [Column( public string B { get; set; }")]
    [InlineData("[Neon] public partial class { [Key] public long Id { get; set; } } [Neon] public partial record ; [DualDatabase] public partial class ;")]
    [InlineData("[Neon] public partial class @class { [Key] public long @long { get; set; } [Column(\"\\ud800\")] public string É { get; set; } }")]
    [InlineData("[DualDb.Consistency.Events.DomainEvent(null)] public partial record A(Unknown B, List<Unknown> C, int, dynamic D);")]
    [InlineData("[DualDb.Consistency.Events.DomainEvent(1, Version = \"x\")] public partial class A : A { public A Self { get; set; } public A(A a, int* b, object c) { } }")]
    [InlineData("[DualDb.Consistency.Events.DomainEvent] public partial struct A { public A B { get; set; } [System.Text.Json.Serialization.JsonPropertyName(null)] public Dictionary<int, string> C { get; } }")]
    [InlineData("[DualDb.Consistency.Events.DomainEvent(\"a\")] public partial interface A; [DualDb.Consistency.Events.DomainEvent(\"a\")] public enum B { }")]
    [InlineData("[DualDb.Consistency.Events.EventHandler(5, Target = 9, MaxAttempts = \"x\")] public class A : DualDb.Consistency.Events.IEventHandler<Unknown>, DualDb.Consistency.Events.IEventHandler<A>, DualDb.Consistency.Events.IEventHandler<> { void M(DualDb.Consistency.Events.EventContext c) { _ = c.Neon.; c.Supabase } }")]
    [InlineData("[DualDb.Consistency.Sync.Sync(To = 5, Table = null, Schema = null, Name = null, Resolver = null)] public partial struct A; [Neon, DualDb.Consistency.Sync.Sync(To = \"x\", Direction = 7)] public partial class B : B;")]
    [InlineData("[DualDb.Consistency.Sync.SyncMap<A>] [DualDb.Consistency.Sync.SyncMap<Unknown, int>] [DualDb.Consistency.Sync.SyncMap<,>] public class A;")]
    [InlineData("[DualDb.Consistency.Sync.SyncMap<A, B>(Resolver = typeof(int*), OnConflict = null)] [DualDb.Consistency.Sync.SyncColumn(null)] [DualDb.Consistency.Sync.SyncColumn(5, From = 5)] [DualDb.Consistency.Sync.SyncIgnore] public class M; [Neon] public partial record A([Key] int Id); [Supabase] public partial record B([Key] int Id);")]
    [InlineData("[DualDb.Consistency.Sync.SyncMap<A, A>(OnConflict = (DualDb.Consistency.Sync.ConflictPolicy)6, Resolver = typeof(A[]), Direction = (DualDb.Consistency.Sync.SyncDirection)1)] [Neon, Supabase] public partial record A([Key] dynamic Id, [Counter] Unknown U);")]
    [InlineData("[NeonAttribute<int>] [Neon<int>] public partial class A; [Neon, Neon] public partial class B { [Key, Key] public long Id { get; set; } }")]
    [InlineData("namespace DualDb { public class NeonAttribute : Attribute; public class KeyAttribute; } [DualDb.Neon] public partial class A { [DualDb.Key] public long Id { get; set; } }")]
    public async Task Broken_code_does_not_crash_an_analyzer(string code)
        => Assert.DoesNotContain(await AnalysisRun.RunAsync(Project.Of(("A.cs", code))), static diagnostic => diagnostic.Id == "AD0001");

    // The generator must not fail either: where it does, all of a project's generated code is gone (CS8785).
    [Theory]
    [InlineData(Models.Events)]
    [InlineData(Models.Sync)]
    public async Task A_model_without_any_one_of_its_tokens_crashes_neither_analyzers_nor_generator(string model)
    {
        var compilation = Project.Of(("Models.cs", ""));
        var tree = compilation.SyntaxTrees.Single(static tree => tree.FilePath == "Models.cs");
        foreach (var token in CSharpSyntaxTree.ParseText(model).GetRoot().DescendantTokens().Where(static (_, place) => place % Every.Step == Every.First))
        {
            var source = model.Remove(token.SpanStart, token.Span.Length);
            var broken = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)tree.Options, tree.FilePath));
            Assert.DoesNotContain(await AnalysisRun.RunAsync(GeneratorRun.Complete(broken)), static diagnostic => diagnostic.Id == "AD0001");
        }
    }

    [Fact]
    public async Task Cancellation_stops_the_analysis()
    {
        var compilation = Project.Of(("A.cs", Models.EveryType));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AnalysisRun.RunAsync(compilation, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Cancellation_on_the_way_is_no_crash_and_leaves_nothing_behind()
    {
        var compilation = Project.Of([.. Enumerable.Range(0, 40).Select(static i => ($"{i}.cs", $"[Neon] public sealed partial record Order{i}(long Id);"))]);
        var cancelled = 0;
        for (var i = 0; i < 40; i++)
        {
            using var source = new CancellationTokenSource();
            try
            {
                var run = AnalysisRun.RunAsync(compilation, cancellationToken: source.Token);
                Thread.SpinWait(i * 20_000);
                await source.CancelAsync();
                await run;
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }
        }

        Assert.NotEqual(0, cancelled);
        Assert.Equal(40, (await AnalysisRun.RunAsync(compilation)).Length);
    }

    private static async Task RunAllAsync(IEnumerable<string> sources)
    {
        var compilation = Project.Of(("Models.cs", ""));
        var tree = compilation.SyntaxTrees.Single(static tree => tree.FilePath == "Models.cs");
        var found = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(sources.Where(static (_, place) => place % Every.Step == Every.First), async (source, cancellationToken) =>
        {
            var broken = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)tree.Options, tree.FilePath));
            foreach (var diagnostic in await AnalysisRun.RunAsync(broken, cancellationToken: cancellationToken))
            {
                found[diagnostic.Id] = true;
            }
        });

        // What is left of the model is read to its end: some of it is at fault, and nothing crashed on the way.
        Assert.DoesNotContain("AD0001", found.Keys);
        Assert.Contains("DDB001", found.Keys);
    }
}
