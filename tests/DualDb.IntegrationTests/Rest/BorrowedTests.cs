using System.Globalization;
using System.Reflection;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Rest;

/// <summary>Tests that were written for SQL, to be run over REST: each takes the place of its rows from its constructor.</summary>
/// <param name="suites">The classes that hold them.</param>
internal sealed class BorrowedTests(params Type[] suites)
{
    /// <summary>The tests, by name and the number of their data.</summary>
    /// <param name="isLeftOut">Which of them, by class and name, have a subject that REST does not have.</param>
    public IEnumerable<TheoryDataRow<string>> Cases(Func<string, string, bool> isLeftOut)
        => from suite in suites
           from method in suite.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute))).OrderBy(static method => method.Name, StringComparer.Ordinal)
           where !isLeftOut(suite.Name, method.Name)
           from data in Enumerable.Range(0, ArgumentsOf(method).Count)
           select new TheoryDataRow<string>(string.Create(CultureInfo.InvariantCulture, $"{suite.Name}.{method.Name}#{data}"));

    public async Task RunAsync(string test, object place)
    {
        var mark = test.IndexOf('#', StringComparison.Ordinal);
        var (name, data) = (test[..mark], int.Parse(test[(mark + 1)..], CultureInfo.InvariantCulture));
        var suite = suites.Single(suite => name.StartsWith(suite.Name + ".", StringComparison.Ordinal));
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
        var rows = method.GetCustomAttributes<InlineDataAttribute>().Select(static row => row.Data).Where(static row => !row.Contains(Endpoint.Pooled)).ToList();
        rows.AddRange(method.GetCustomAttributes<MemberDataAttribute>().SelectMany(member => Values(method, member)));
        return rows.Count > 0 || method.GetParameters().Length > 0 ? rows : [[]];
    }

    private static IEnumerable<object?[]> Values(MethodInfo method, MemberDataAttribute member)
        => ((System.Collections.IEnumerable)method.DeclaringType!.GetProperty(member.MemberName, BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!)
            .Cast<object>()
            .Select(static row => row is ITheoryDataRow data ? data.GetData() : (object?[])row);
}
