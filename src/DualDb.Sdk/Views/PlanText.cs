using System.Globalization;
using System.Text;

namespace DualDb.Views;

/// <summary>A plan as text.</summary>
internal static class PlanText
{
    public static string Of<TView, TKey>(ViewPlan<TView, TKey> plan)
        where TView : class
        where TKey : notnull
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{plan.Name} by {plan.Members[0].Name} ({plan.Members[0].Entity.Name})");
        foreach (var level in plan.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\nLevel {level[0].Level}");
            foreach (var database in level.GroupBy(static member => member.Entity.Database).OrderBy(static group => group.Key))
            {
                var members = database.ToArray();
                text.Append(CultureInfo.InvariantCulture, $"\n  {database.Key}, {(members.Length == 1 ? "1 statement" : $"{members.Length} statements in one batch")}");
                foreach (var member in members)
                {
                    Append(text, member);
                }
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ViewMember member)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n    {member.Name} ({member.Entity.Name}), keys: {member.KeyDescription}");
        if (member.SparedWith is { } spared)
        {
            text.Append(CultureInfo.InvariantCulture, $"; where {member.Entity.Database} fails, {spared} is left empty");
        }

        foreach (var line in member.Sql.Split('\n'))
        {
            text.Append("\n      ").Append(line);
        }
    }
}
