using System.Globalization;
using System.Reflection;

namespace DualDb.IntegrationTests.Querying;

/// <summary>The tests of queries once more, over REST: all of them but those whose subject REST does not have.</summary>
public sealed class RestQueryTests(RestQueryPlace place) : IClassFixture<RestQueryPlace>
{
    private static readonly Type[] Suites =
    [
        typeof(AggregateTests), typeof(CursorTests), typeof(GroupingTests), typeof(LongConditionTests), typeof(PagingTests), typeof(PatchingTests), typeof(ProjectionTests),
        typeof(RefusedValueTests), typeof(StreamingTests), typeof(UpdatingTests),
    ];

    public static IEnumerable<TheoryDataRow<string>> Cases
        => from suite in Suites
           from method in suite.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute))).OrderBy(static method => method.Name, StringComparer.Ordinal)
           where !RestQueryDifferences.Has(suite.Name, method.Name)
           from data in Enumerable.Range(0, ArgumentsOf(method).Count)
           select new TheoryDataRow<string>(string.Create(CultureInfo.InvariantCulture, $"{suite.Name}.{method.Name}#{data}"));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Holds(string test)
    {
        var (name, data) = (test[..test.IndexOf('#', StringComparison.Ordinal)], int.Parse(test[(test.IndexOf('#', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture));
        var suite = Suites.Single(suite => name.StartsWith(suite.Name + ".", StringComparison.Ordinal));
        var method = suite.GetMethod(name[(suite.Name.Length + 1)..])!;
        var instance = Activator.CreateInstance(suite, place)!;
        if (method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, [.. ArgumentsOf(method)[data]], culture: null) is Task running)
        {
            await running;
        }
    }

    // The ways to the server are one here, so that of theories over them one row is enough.
    private static List<object?[]> ArgumentsOf(MethodInfo method)
    {
        var rows = method.GetCustomAttributes<InlineDataAttribute>().Select(static row => row.Data).Where(static row => !row.Contains(Repositories.Places.Endpoint.Pooled)).ToList();
        var members = method.GetCustomAttributes<MemberDataAttribute>().SelectMany(member => Values(method, member));
        rows.AddRange(members);
        return rows.Count > 0 || method.GetParameters().Length > 0 ? rows : [[]];
    }

    private static IEnumerable<object?[]> Values(MethodInfo method, MemberDataAttribute member)
        => ((System.Collections.IEnumerable)method.DeclaringType!.GetProperty(member.MemberName, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!)
            .Cast<object>()
            .Select(static row => row is ITheoryDataRow data ? data.GetData() : (object?[])row);
}
