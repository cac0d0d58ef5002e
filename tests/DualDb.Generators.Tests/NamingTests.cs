using DualDb.Generators.Parsing;

namespace DualDb.Generators.Tests;

public sealed class NamingTests
{
    [Theory]
    [InlineData("OrderId", "order_id")]
    [InlineData("HTTPStatus", "http_status")]
    [InlineData("Line2", "line2")]
    [InlineData("Line2Address", "line2_address")]
    [InlineData("IPAddress", "ip_address")]
    [InlineData("userName", "user_name")]
    [InlineData("User_Name", "user_name")]
    [InlineData("URL", "url")]
    [InlineData("A", "a")]
    [InlineData("ÄrztlicheId", "ärztliche_id")]
    public void A_column_is_the_snake_case_of_its_member(string member, string column) => Assert.Equal(column, Naming.SnakeCase(member));

    [Theory]
    [InlineData("Order", "orders", "Orders")]
    [InlineData("OrderLine", "order_lines", "OrderLines")]
    [InlineData("Category", "categories", "Categories")]
    [InlineData("Box", "boxes", "Boxes")]
    [InlineData("Day", "days", "Days")]
    [InlineData("Address", "addresses", "Addresses")]
    [InlineData("Person", "people", "People")]
    [InlineData("SalesPerson", "sales_people", "SalesPeople")]
    [InlineData("Child", "children", "Children")]
    [InlineData("Activity", "activities", "Activities")]
    [InlineData("Status", "statuses", "Statuses")]
    [InlineData("History", "histories", "Histories")]
    [InlineData("UserOrderHistory", "user_order_histories", "UserOrderHistories")]
    [InlineData("Stock", "stocks", "Stocks")]
    [InlineData("Series", "series", "Series")]
    [InlineData("News", "news", "News")]
    [InlineData("Preferences", "preferences", "Preferences")]
    [InlineData("Analysis", "analyses", "Analyses")]
    [InlineData("Quiz", "quizzes", "Quizzes")]
    [InlineData("Branch", "branches", "Branches")]
    [InlineData("Hero", "heroes", "Heroes")]
    [InlineData("Photo", "photos", "Photos")]
    [InlineData("Leaf", "leaves", "Leaves")]
    [InlineData("ShortURL", "short_urls", "ShortURLs")]
    [InlineData("Man", "men", "Men")]
    [InlineData("Human", "humans", "Humans")]
    [InlineData("lower", "lowers", "Lowers")]
    public void Tables_and_sets_are_plurals(string type, string table, string set)
    {
        Assert.Equal(table, Naming.Table(type));
        Assert.Equal(set, Naming.Set(type));
    }
}
